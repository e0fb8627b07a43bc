package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.processing.SampleClip;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program with its files in S3, configured by variables of the environment as pods are: it is killed, and misconfigured. */
@Timeout(900)
class ProgramOnS3Test {

    @TempDir
    Path folder;

    @Test
    void itIsKilledInTheMiddleAndGoesOn() throws Exception {
        byte[] clip = Files.readAllBytes(SampleClip.create(folder.resolve("clip.mp4"), Duration.ofSeconds(2)));
        byte[] large = new byte[12 << 20];
        new Random(5).nextBytes(large);
        int half = 6 << 20;
        Path data = folder.resolve("data");
        try (Bucket bucket = Bucket.in(folder.resolve("s3"))) {
            Place.Begun converted;
            Place.Begun resumed;
            List<ProcessHandle> family;
            try (Program program = Program.on(bucket, data)) {
                resumed = program.begin(Place.SHIPPED, large.length, Map.of("profile", "passthrough"));
                converted = program.begin(Place.SHIPPED, clip.length, Map.of("profile", "hls"));
                assertThat(patch(program, program.ticket(resumed), large, 0, half)).isEqualTo(204);
                assertThat(program.upload(converted, clip).status()).isEqualTo(204);
                await().until(() ->
                        program.saga(converted).path("current").path("step").asString("").equals("ProcessMedia"));
                family = program.family();
                program.process().destroyForcibly();
            }
            await().until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(bucket.unfinished()).hasSize(1);
            try (Program program = Program.on(bucket, data)) {
                // The lease of the request that was being answered may have to run out.
                await().ignoreExceptions().until(() ->
                        patch(program, program.ticket(resumed), large, half, large.length) == 204);
                for (Place.Begun each : List.of(converted, resumed)) {
                    program.awaitState(each, "COMPLETED");
                }
                Leftovers leftovers = new Leftovers(program);
                for (Place.Begun each : List.of(converted, resumed)) {
                    await().ignoreExceptions().untilAsserted(() ->
                            assertThat(leftovers.ofCompleted(each)).isEmpty());
                }
                assertThat(Files.readString(program.output())).doesNotContain(bucket.server().secretKey());
            }
            assertThat(filesWith(data, bucket.server().secretKey())).isEmpty();
        }
    }

    @Test
    void itSaysWhatIsWrongWithBucketAndCredentialsAndEnds() throws Exception {
        try (Bucket bucket = Bucket.in(folder.resolve("s3"))) {
            Map<String, String> noBucket = new HashMap<>(bucket.environment());
            noBucket.put("MEDIASAGA_STORAGE_S3_BUCKET", "nowhere");
            assertThat(failedStart(noBucket))
                    .contains("The S3 bucket nowhere does not exist at " + bucket.server().endpoint(), "mediasaga.storage.s3.bucket");

            Map<String, String> wrongKey = new HashMap<>(bucket.environment());
            String wrong = "not-the-secret-of-this-server";
            wrongKey.put("MEDIASAGA_STORAGE_S3_SECRETKEY", wrong);
            assertThat(failedStart(wrongKey))
                    .contains("The S3 bucket films cannot be used", "refuses the credentials", "mediasaga.storage.s3.access-key")
                    .doesNotContain(wrong, bucket.server().secretKey());
        }
    }

    private String failedStart(Map<String, String> environment) throws Exception {
        Path output = Files.createTempFile(folder, "failed", ".out");
        assertThat(Program.run(output, environment, "dev", "--data", folder.resolve("unused").toString(), "--http-port", "0",
                "--kafka-port", "0", "--postgres-port", "0", "--redis-port", "0")).isNotZero();
        return Files.readString(output);
    }

    private static int patch(Program program, Place.Ticket ticket, byte[] content, int from, int to) throws Exception {
        return program.calls().send("PATCH", ticket.url(), BodyPublishers.ofByteArray(content, from, to - from), ticket.patch(from))
                .status();
    }

    private static List<Path> filesWith(Path root, String secret) throws IOException {
        byte[] wanted = secret.getBytes(StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).filter(file -> contains(file, wanted)).toList();
        }
    }

    private static boolean contains(Path file, byte[] wanted) {
        try {
            return Files.size(file) < 64 << 20
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                            .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // it has just gone
        }
    }
}
