package io.mediasaga.standalone.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(900)
class RelayBenchTest {

    @TempDir
    Path folder;

    @Test
    void twoReplicasBringEverythingInTheOrderOfItsKey() throws Exception {
        try (RelayBench bench = RelayBench.start(folder, line -> {})) {
            RelayBench.Outcome outcome = bench.run(2, 4_000, 100);

            assertThat(outcome.rows()).isEqualTo(4_000);
            assertThat(outcome.missing()).isZero();
            assertThat(outcome.outOfOrder()).isZero();
        }
    }

    @Test
    void aBrokenOrderIsSeen() {
        KeyOrder order = new KeyOrder();
        order.take("a", 0);
        order.take("b", 0);
        order.take("a", 2);
        order.take("a", 1);
        order.take("a", 1);

        assertThat(order.outOfOrder()).isEqualTo(1);
        assertThat(order.repeated()).isEqualTo(1);
        assertThat(order.missing(4)).isEqualTo(1);
    }
}
