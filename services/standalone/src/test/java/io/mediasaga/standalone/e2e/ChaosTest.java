package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.standalone.platform.PlatformOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A fifth of all sends fails on purpose: nothing is lost, and what fails is undone all the same. */
@Timeout(900)
class ChaosTest {

    private static final byte[] FILE = "something to publish as it is".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void everySagaEndsAlthoughSendsFail() throws Exception {
        try (Stage stage = Stage.open(PlatformOptions.in(folder.resolve("data")).withChaos(0.2), Map.of())) {
            List<Place.Begun> good = new ArrayList<>();
            List<Place.Begun> bad = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                good.add(stage.begin(Place.SHIPPED, FILE.length, Map.of("profile", "passthrough")));
                bad.add(stage.begin(Place.SHIPPED, FILE.length, Map.of("sha256", "0".repeat(64))));
            }
            for (int i = 0; i < 8; i++) {
                assertThat(stage.upload(good.get(i), FILE).status()).isEqualTo(204);
                assertThat(stage.upload(bad.get(i), FILE).status()).isEqualTo(460);
            }
            for (int i = 0; i < 8; i++) {
                stage.awaitState(good.get(i), "COMPLETED");
                stage.awaitState(bad.get(i), "COMPENSATED");
            }
            Leftovers leftovers = new Leftovers(stage);
            for (int i = 0; i < 8; i++) {
                Place.Begun completed = good.get(i);
                Place.Begun compensated = bad.get(i);
                await().untilAsserted(() -> {
                    assertThat(leftovers.ofCompleted(completed)).isEmpty();
                    assertThat(leftovers.ofCompensated(compensated)).isEmpty();
                });
            }
            JsonNode dead = stage.calls().get("/api/dead-letters").json();
            assertThat(dead.path("items")).as(dead.toString()).isEmpty();
        }
    }
}
