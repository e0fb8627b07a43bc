package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.processing.SampleClip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user runs it: processes of it are killed, and it goes on. */
@Timeout(900)
class ProgramTest {

    private static final byte[] FILE = "something to publish as it is".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final Map<String, Object> AS_IT_IS = Map.of("profile", "passthrough");

    @TempDir
    Path folder;

    @Test
    void aServiceThatIsKilledIsStartedAgainAndDownEndsEverything() throws Exception {
        byte[] clip = Files.readAllBytes(SampleClip.create(folder.resolve("clip.mp4"), Duration.ofSeconds(2)));
        List<ProcessHandle> family;
        Path data = folder.resolve("data");
        try (Program program = Program.dev(data, "--processes")) {
            Place.Begun begun = program.begin(Place.SHIPPED, clip.length, Map.of());
            Place.Begun other = program.begin(Place.SHIPPED, FILE.length, AS_IT_IS);
            program.awaitUploadStep(other);
            assertThat(program.upload(begun, clip).status()).isEqualTo(204);
            await().until(() ->
                    program.saga(begun).path("current").path("step").asString("").equals("ProcessMedia"));

            ProcessHandle processing = program.service("ProcessingApplication");
            processing.destroyForcibly();
            program.awaitLine(Pattern.compile("processing \\(process %d\\) ended with status 137; it is started again"
                    .formatted(processing.pid())));
            program.service("IngestApplication").destroyForcibly();
            program.awaitLine(Pattern.compile("processing runs again as process (\\d+)"));
            program.awaitLine(Pattern.compile("ingest runs again as process (\\d+)"));

            await().ignoreExceptions().until(() -> program.upload(other, FILE).status() == 204);
            for (Place.Begun each : List.of(begun, other)) {
                await().ignoreExceptions().until(() ->
                        program.saga(each).path("state").asString("").equals("COMPLETED"));
                nothingLeft(program, each);
            }
            family = program.family();
            assertThat(family).hasSizeGreaterThan(8); // the program, six services, PostgreSQL and Redis with their guards
            Path output = folder.resolve("down.out");
            assertThat(Program.run(output, "down", "--data", data.toString())).isZero();
            assertThat(Files.readString(output)).contains("Stopped the platform at http://127.0.0.1:");
        }
        await().untilAsserted(() ->
                assertThat(family).filteredOn(ProcessHandle::isAlive).extracting(each -> each.info().commandLine()).isEmpty());
        Path output = folder.resolve("down-again.out");
        assertThat(Program.run(output, "down", "--data", data.toString())).isZero();
        assertThat(Files.readString(output)).contains("No platform runs on " + data);
    }

    @Test
    void everythingIsKilledAtOnceAndTheNextStartGoesOn() throws Exception {
        Path data = folder.resolve("data");
        List<Place.Begun> sagas = new ArrayList<>();
        List<ProcessHandle> family;
        try (Program program = Program.dev(data)) {
            for (int i = 0; i < 6; i++) {
                sagas.add(program.begin(Place.SHIPPED, FILE.length, AS_IT_IS));
            }
            for (Place.Begun each : sagas.subList(0, 3)) {
                assertThat(program.upload(each, FILE).status()).isEqualTo(204);
            }
            family = program.family();
            program.process().destroyForcibly(); // Kafka and all services are in it, the other servers follow
        }
        await().until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        try (Program program = Program.dev(data)) {
            for (Place.Begun each : sagas.subList(3, 6)) {
                assertThat(program.upload(each, FILE).status()).isEqualTo(204);
            }
            for (Place.Begun each : sagas) {
                await().ignoreExceptions().until(() ->
                        program.saga(each).path("state").asString("").equals("COMPLETED"));
            }
            for (Place.Begun each : sagas) {
                nothingLeft(program, each);
            }
        }
    }

    private static void nothingLeft(Place place, Place.Begun begun) {
        Leftovers leftovers = new Leftovers(place);
        await().ignoreExceptions().untilAsserted(() ->
                assertThat(leftovers.ofCompleted(begun)).isEmpty());
    }
}
