package io.mediasaga.ingest.http;

import static io.mediasaga.ingest.http.TusProtocolTest.digest;
import static io.mediasaga.ingest.http.TusProtocolTest.offset;
import static io.mediasaga.ingest.http.TusProtocolTest.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.ingest.support.IngestIntegration;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.ingest.upload.UploadFiles;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(900)
class ResumptionTest extends IngestIntegration {

    @Test
    void keepsWhatArrivedBeforeAConnectionBroke() throws Exception {
        byte[] bytes = bytes(3_000_000);
        Upload upload = prepared(bytes.length, sha256(bytes));
        String token = client().token(upload.assetId());
        Socket socket = client().stall(upload.id(), token, 0, bytes.length, Arrays.copyOf(bytes, 2_500_000));
        await().until(() -> now(upload).offset() > 0);
        socket.close();
        await().untilAsserted(() -> {
            assertThat(now(upload).offset()).isEqualTo(2_500_000);
            assertThat(locked(upload)).isFalse();
        });
        HttpResponse<String> response =
                client().patch(upload.id(), token, 2_500_000, Arrays.copyOfRange(bytes, 2_500_000, bytes.length));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void keepsNothingOfABrokenChunkThatHasAChecksum() throws Exception {
        byte[] bytes = bytes(3_000_000);
        Upload upload = prepared(bytes.length);
        String token = client().token(upload.assetId());
        client().stall(upload.id(), token, 0, bytes.length, Arrays.copyOf(bytes, 2_500_000), "Upload-Checksum",
                        "sha256 " + digest("SHA-256", bytes))
                .close();
        await().until(() -> client().patch(upload.id(), token, 0, bytes).statusCode() == 204);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void aCutOffSmallFileIsSentAgain() throws Exception {
        byte[] bytes = bytes(1000);
        Upload upload = prepared(bytes.length);
        String token = client().token(upload.assetId());
        client().stall(upload.id(), token, 0, bytes.length, Arrays.copyOf(bytes, 400)).close();
        assertThat(client().patch(upload.id(), token, 0, bytes).statusCode()).isEqualTo(204);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void oneWriterAtATime() throws Exception {
        byte[] bytes = bytes(3_000_000);
        Upload upload = prepared(bytes.length);
        String token = client().token(upload.assetId());
        try (Socket first = client().stall(upload.id(), token, 0, bytes.length, Arrays.copyOf(bytes, 1_500_000))) {
            await().until(() -> now(upload).offset() > 0);
            long offset = now(upload).offset();
            HttpResponse<String> second = client().patch(upload.id(), token, offset, bytes(10));
            assertThat(second.statusCode()).isEqualTo(423);
            assertThat(second.body()).contains("UPLOAD_LOCKED");
            assertThat(client().head(upload.id(), token).statusCode()).isEqualTo(200);
            first.getOutputStream().write(bytes, 1_500_000, 1_500_000);
            first.getOutputStream().flush();
            await().until(() -> now(upload).status() == Upload.Status.UPLOADED);
        }
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void aWriterWhoseLeaseRanOutOverwritesNothing() throws Exception {
        byte[] bytes = bytes(4_000_000);
        Upload upload = prepared(bytes.length, sha256(bytes));
        String token = client().token(upload.assetId());
        try (Socket paused = client().stall(upload.id(), token, 0, bytes.length, new byte[1_200_000])) {
            await().until(() -> now(upload).offset() > 0);
            byte[] half = Arrays.copyOf(bytes, 2_000_000);
            await().until(() -> {
                // What counts so far are zeros, and more may be on their way: begin afresh, as the other replica would see it.
                sql("UPDATE upload SET received = 0, append_detail = '', locked_until = now() - interval '1 second' WHERE upload_id = ?",
                        upload.id());
                return client().patch(upload.id(), token, 0, half).statusCode() == 204;
            });
            paused.getOutputStream().write(new byte[1_500_000]);
            paused.getOutputStream().flush();
            // The paused one hears that it is late.
            byte[] answer = new byte[12];
            assertThat(paused.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
            assertThat(new String(answer, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 423");
            assertThat(offset(client().head(upload.id(), token))).isEqualTo(2_000_000);
        }
        byte[] rest = Arrays.copyOfRange(bytes, 2_000_000, bytes.length);
        assertThat(client().patch(upload.id(), token, 2_000_000, rest).statusCode()).isEqualTo(204);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void finishesOnTheNextQuestionWhatWasInterruptedAtItsEnd() throws Exception {
        byte[] bytes = bytes(300_000);
        Upload upload = prepared(bytes.length, sha256(bytes));
        String token = client().token(upload.assetId());
        switches.brokenAtTheEnd(true);
        try {
            assertThat(client().patch(upload.id(), token, 0, bytes).statusCode()).isEqualTo(503);
        } finally {
            switches.brokenAtTheEnd(false);
        }
        assertThat(now(upload).unfinished()).isTrue();
        assertThat(told(upload)).isEmpty();
        assertThat(offset(client().head(upload.id(), token))).isEqualTo(300_000);
        assertThat(told(upload)).hasSize(1);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void cleaningUpEndsARequestThatIsUnderWay() throws Exception {
        Upload upload = prepared(3_000_000);
        String token = client().token(upload.assetId());
        try (Socket writer = client().stall(upload.id(), token, 0, 3_000_000, new byte[1_200_000])) {
            await().until(() -> now(upload).offset() > 0);
            uploads.clean(List.of(upload.sagaId()), java.time.Duration.ZERO);
            writer.getOutputStream().write(new byte[1_500_000]);
            writer.getOutputStream().flush();
            byte[] answer = writer.getInputStream().readNBytes(12);
            assertThat(new String(answer, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 410");
        }
        assertThat(told(upload)).isEmpty();
    }

    @Test
    void bytesThatAreGoneFromTheStoreEndTheUpload() throws Exception {
        Upload upload = prepared(300_000);
        String token = client().token(upload.assetId());
        switches.brokenAtTheEnd(true);
        try {
            assertThat(client().patch(upload.id(), token, 0, bytes(300_000)).statusCode()).isEqualTo(503);
        } finally {
            switches.brokenAtTheEnd(false);
        }
        store.deleteAll(Upload.folder(upload.id()));
        assertThat(client().head(upload.id(), token).statusCode()).isEqualTo(410);
        assertThat(told(upload)).singleElement().satisfies(event ->
                assertThat(event.envelope().payload()).contains("UPLOAD_LOST"));
    }

    @Test
    void manySmallFilesAtOnceAreEachToldOnce() throws Exception {
        List<Upload> all = java.util.stream.IntStream.range(1, 101).mapToObj(this::prepared).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> puts = all.stream()
                    .<Callable<Integer>>map(each -> () -> client().put(each.id(), client().token(each.assetId()), bytes((int) each.size())).statusCode())
                    .toList();
            assertThat(threads.invokeAll(puts)).allSatisfy(put -> assertThat(put.resultNow()).isEqualTo(204));
        }
        for (Upload each : all) {
            assertThat(told(each)).hasSize(1);
            assertThat(fileToldOf(each)).isEqualTo(bytes((int) each.size()));
        }
    }

    @Test
    void manyAtOnceOfTheSameSmallFileMakeOneFile() throws Exception {
        byte[] bytes = bytes(1000);
        Upload upload = prepared(bytes.length);
        String token = client().token(upload.assetId());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> put = () -> client().put(upload.id(), token, bytes).statusCode();
            List<Integer> answers = threads.invokeAll(java.util.Collections.nCopies(8, put)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(answers).containsOnlyOnce(204).allMatch(status -> status == 204 || status == 409 || status == 423);
        }
        assertThat(told(upload)).hasSize(1);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
        // Those that lost have deleted theirs, whether beside the folders or in the upload's own.
        assertThat(files(upload)).isEqualTo(1);
    }

    private int files(Upload upload) throws Exception {
        int[] count = {store.list(Upload.folder(upload.id())).size()};
        store.forEachDirectlyIn(Upload.root(), each -> count[0] += upload.id().equals(UploadFiles.uploadOf(each.key())) ? 1 : 0);
        return count[0];
    }

    private boolean locked(Upload upload) {
        return jdbc.sql("SELECT lock_token IS NOT NULL FROM upload WHERE upload_id = ?")
                .params(upload.id())
                .query(Boolean.class)
                .single();
    }
}
