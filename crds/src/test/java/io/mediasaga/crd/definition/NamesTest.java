package io.mediasaga.crd.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "CreateAsset, CREATE_ASSET", "Publish, PUBLISH", "WaitFileUploaded, WAIT_FILE_UPLOADED",
        "ProbeHLSStream, PROBE_HLS_STREAM", "Step2Retry, STEP2_RETRY", "HLS, HLS", "A, A"
    })
    void namesOnTheWire(String name, String wireName) {
        assertThat(Names.wireName(name)).isEqualTo(wireName);
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "size_bytes as bytes", "saga.reason", "saga.id as saga"})
    void payloadFieldsAreWrittenAsTheyAreRead(String text) {
        assertThat(PayloadField.parse(text).written()).isEqualTo(text);
    }

    @Test
    void keptFieldsAreWrittenAsTheyAreRead() {
        assertThat(KeptField.parse("number as order_number")).hasToString("number as order_number");
        assertThat(KeptField.parse("amount")).hasToString("amount");
    }

    @Test
    void sagaFieldsAreKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PayloadField.parse("saga.name"))
                .withMessageContaining("saga.failed_step");
        assertThatIllegalArgumentException().isThrownBy(() -> PayloadField.parse("a as b as c"));
    }
}
