package io.mediasaga.ingest.http;

import static io.mediasaga.ingest.support.TusClient.base64;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.ingest.support.IngestIntegration;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.messaging.OutgoingMessage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TusProtocolTest extends IngestIntegration {

    @Test
    void saysWhatItCan() {
        HttpResponse<String> response = client().send("OPTIONS", "/uploads/");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(header(response, "Tus-Extension")).contains("creation", "expiration", "checksum", "termination");
        assertThat(header(response, "Tus-Max-Size")).isEqualTo(Long.toString(64L << 20));
        assertThat(header(response, "Tus-Checksum-Algorithm")).contains("sha1", "sha256", "md5");
        assertThat(client().send("OPTIONS", "/uploads").statusCode()).isEqualTo(204);
    }

    @Test
    void refusesOtherVersions() {
        Upload upload = prepared(10);
        HttpResponse<String> response = client().send(
                "HEAD", "/uploads/" + upload.id(), "Tus-Resumable", "0.2.2", "Upload-Token", client().token(upload.assetId()));
        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(header(response, "Tus-Version")).isEqualTo("1.0.0");
    }

    @Test
    void takesAFileInPiecesAndTellsTheSagaOnce() throws Exception {
        byte[] bytes = bytes(5_000_000);
        Upload upload = prepared(bytes.length, sha256(bytes));
        String token = client().token(upload.assetId());

        assertThat(offset(client().head(upload.id(), token))).isZero();
        HttpResponse<String> first = client().patch(upload.id(), token, 0, Arrays.copyOf(bytes, 3_000_000));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(204);
        assertThat(offset(first)).isEqualTo(3_000_000);
        assertThat(header(first, "Upload-Expires")).endsWith("GMT");
        assertThat(told(upload)).isEmpty();

        HttpResponse<String> between = client().head(upload.id(), token);
        assertThat(offset(between)).isEqualTo(3_000_000);
        assertThat(header(between, "Upload-Length")).isEqualTo("5000000");
        assertThat(header(between, "Cache-Control")).isEqualTo("no-store");

        byte[] rest = Arrays.copyOfRange(bytes, 3_000_000, bytes.length);
        assertThat(client().patchChunked(upload.id(), token, 3_000_000, rest).statusCode()).isEqualTo(204);
        assertThat(offset(client().head(upload.id(), token))).isEqualTo(5_000_000);
        assertThat(client().patch(upload.id(), token, 5_000_000, new byte[0]).statusCode()).isEqualTo(204);
        assertThat(client().patch(upload.id(), token, 3_000_000, rest).statusCode()).isEqualTo(409);

        assertThat(told(upload)).hasSize(1);
        OutgoingMessage event = told(upload).getFirst();
        assertThat(event.topic()).isEqualTo("events.ingest.uploaded");
        assertThat(event.requestId()).isEqualTo("request-1");
        assertThat(event.envelope().type()).isEqualTo("IngestUploaded");
        assertThat(event.envelope().step()).isEqualTo("WAIT_FILE_UPLOADED");
        assertThat(event.envelope().payload())
                .contains("\"upload_id\":\"" + upload.id(), "\"asset_id\":\"" + upload.assetId())
                .contains("\"size_bytes\":5000000", "\"sha256\":\"" + sha256(bytes), "\"content_type\":\"video/mp4\"");
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void takesASmallFileWithItsCreation() throws Exception {
        byte[] bytes = bytes(1024);
        Upload upload = prepared(bytes.length);
        HttpResponse<String> response = client().send(
                "POST", "/uploads", BodyPublishers.ofByteArray(bytes),
                "Tus-Resumable", "1.0.0", "Authorization", "Bearer " + API_TOKEN, "Upload-Length", "1024",
                "Upload-Metadata", "filename " + base64("../../x") + ",asset_id " + base64(upload.assetId()),
                "Content-Type", "application/offset+octet-stream");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(header(response, "Location")).isEqualTo("/uploads/" + upload.id());
        assertThat(offset(response)).isEqualTo(1024);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
        assertThat(now(upload).status()).isEqualTo(Upload.Status.UPLOADED);
    }

    @Test
    void createsOnlyWhatIsPrepared() {
        Upload upload = prepared(1024);
        String[] tus = {"Tus-Resumable", "1.0.0", "Authorization", "Bearer " + API_TOKEN};
        assertThat(create(tus, "Upload-Length", "1024").statusCode()).isEqualTo(400);
        assertThat(create(tus, "Upload-Length", "1024", "Upload-Metadata", "asset_id " + base64("nobody")).statusCode())
                .isEqualTo(404);
        String metadata = "asset_id " + base64(upload.assetId());
        assertThat(create(tus, "Upload-Metadata", metadata).statusCode()).isEqualTo(400);
        assertThat(create(tus, "Upload-Metadata", metadata, "Upload-Length", "x").statusCode()).isEqualTo(400);
        assertThat(create(tus, "Upload-Metadata", metadata, "Upload-Length", "1025").statusCode()).isEqualTo(413);
        assertThat(create(tus, "Upload-Metadata", metadata, "Upload-Length", "1023").statusCode()).isEqualTo(400);
        assertThat(create(tus, "Upload-Metadata", "asset_id !!", "Upload-Length", "1024").statusCode()).isEqualTo(400);
        HttpResponse<String> created = create(tus, "Upload-Metadata", metadata, "Upload-Length", "1024");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(offset(created)).isZero();
    }

    @Test
    void refusesAWrongOffset() {
        Upload upload = prepared(100_000);
        String token = client().token(upload.assetId());
        client().patch(upload.id(), token, 0, bytes(10_000));
        HttpResponse<String> response = client().patch(upload.id(), token, 9_999, bytes(10));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("WRONG_OFFSET", "go on from that offset", "request_id");
        assertThat(offset(response)).isEqualTo(10_000);
        assertThat(client().patch(upload.id(), token, 10_001, bytes(10)).statusCode()).isEqualTo(409);
    }

    @Test
    void refusesMoreThanWasDeclared() throws Exception {
        byte[] bytes = bytes(100_000);
        Upload upload = prepared(bytes.length);
        String token = client().token(upload.assetId());
        client().patch(upload.id(), token, 0, Arrays.copyOf(bytes, 50_000));
        assertThat(client().patch(upload.id(), token, 50_000, bytes(50_001)).statusCode()).isEqualTo(413);
        assertThat(client().patchChunked(upload.id(), token, 50_000, bytes(60_000)).statusCode()).isEqualTo(413);
        assertThat(now(upload).offset()).isEqualTo(50_000);
        client().patch(upload.id(), token, 50_000, Arrays.copyOfRange(bytes, 50_000, 100_000));
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void refusesAnotherContentTypeAndMissingOffsets() {
        Upload upload = prepared(1000);
        String[] common = {"Tus-Resumable", "1.0.0", "Upload-Token", client().token(upload.assetId())};
        assertThat(patch(upload, common, "Content-Type", "video/mp4", "Upload-Offset", "0").statusCode()).isEqualTo(415);
        assertThat(patch(upload, common, "Upload-Offset", "0").statusCode()).isEqualTo(415);
        assertThat(patch(upload, common, "Content-Type", "application/offset+octet-stream").statusCode()).isEqualTo(400);
        assertThat(patch(upload, common, "Content-Type", "application/offset+octet-stream", "Upload-Offset", "-1")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 300_000})
    void dropsAChunkWithAWrongChecksum(int size) throws Exception {
        byte[] bytes = bytes(size);
        Upload upload = prepared(size);
        String token = client().token(upload.assetId());
        HttpResponse<String> wrong =
                client().patch(upload.id(), token, 0, bytes, "Upload-Checksum", "sha1 " + digest("SHA-1", bytes(3)));
        assertThat(wrong.statusCode()).isEqualTo(460);
        assertThat(now(upload).offset()).isZero();
        assertThat(client().patch(upload.id(), token, 0, bytes, "Upload-Checksum", "crc32 aaaa").statusCode())
                .isEqualTo(400);
        assertThat(client().patch(upload.id(), token, 0, bytes, "Upload-Checksum", "md5 ???").statusCode())
                .isEqualTo(400);

        int half = size / 2;
        byte[] first = Arrays.copyOf(bytes, half);
        byte[] second = Arrays.copyOfRange(bytes, half, size);
        assertThat(client().patch(upload.id(), token, 0, first, "Upload-Checksum", "md5 " + digest("MD5", first))
                        .statusCode())
                .isEqualTo(204);
        assertThat(client().patch(upload.id(), token, half, first, "Upload-Checksum", "sha256 " + digest("SHA-256", second))
                        .statusCode())
                .isEqualTo(460);
        assertThat(client().patch(upload.id(), token, half, second, "Upload-Checksum", "sha256 " + digest("SHA-256", second))
                        .statusCode())
                .isEqualTo(204);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void anotherFileThanDeclaredFailsTheUpload() throws Exception {
        for (int size : new int[] {1000, 200_000}) {
            Upload upload = prepared(size, sha256(bytes(7)));
            String token = client().token(upload.assetId());
            HttpResponse<String> response = client().patch(upload.id(), token, 0, bytes(size));
            assertThat(response.statusCode()).isEqualTo(460);
            assertThat(response.body()).contains("not the one that was declared");
            assertThat(told(upload)).singleElement().satisfies(event -> {
                assertThat(event.topic()).isEqualTo("events.ingest.failed");
                assertThat(event.envelope().type()).isEqualTo("IngestUploadFailed");
                assertThat(event.envelope().payload()).contains("CHECKSUM_MISMATCH", "\"retryable\":false", "SHA-256");
            });
            assertThat(client().head(upload.id(), token).statusCode()).isEqualTo(410);
            assertThat(client().patch(upload.id(), token, 0, bytes(size)).statusCode()).isEqualTo(410);
        }
    }

    @Test
    void endsAtTheWishOfTheClient() {
        Upload upload = prepared(1000);
        String token = client().token(upload.assetId());
        client().patch(upload.id(), token, 0, bytes(500));
        HttpResponse<String> response = client().send(
                "DELETE", "/uploads/" + upload.id(), "Tus-Resumable", "1.0.0", "Upload-Token", token);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(told(upload)).singleElement().satisfies(event ->
                assertThat(event.envelope().payload()).contains("UPLOAD_TERMINATED"));
        assertThat(client().head(upload.id(), token).statusCode()).isEqualTo(410);
        assertThat(client().patch(upload.id(), token, 500, bytes(500)).statusCode()).isEqualTo(410);
        assertThat(client().send("DELETE", "/uploads/" + upload.id(), "Tus-Resumable", "1.0.0", "Upload-Token", token)
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void doesNotEndWhatIsComplete() {
        Upload upload = prepared(1000);
        String token = client().token(upload.assetId());
        client().patch(upload.id(), token, 0, bytes(1000));
        assertThat(client().send("DELETE", "/uploads/" + upload.id(), "Tus-Resumable", "1.0.0", "Upload-Token", token)
                        .statusCode())
                .isEqualTo(409);
        assertThat(told(upload)).hasSize(1);
    }

    @Test
    void isOverWhenItHasExpired() {
        Upload upload = prepared(1000);
        String token = client().token(upload.assetId());
        sql("UPDATE upload SET expires_at = now() - interval '1 second' WHERE upload_id = ?", upload.id());
        assertThat(client().head(upload.id(), token).statusCode()).isEqualTo(410);
        assertThat(client().patch(upload.id(), token, 0, bytes(1000)).statusCode()).isEqualTo(410);
        assertThat(told(upload)).isEmpty();
    }

    @Test
    void letsMethodsBeOverridden() throws Exception {
        byte[] bytes = bytes(100);
        Upload upload = prepared(100);
        HttpResponse<String> response = client().send(
                "POST", "/uploads/" + upload.id(), BodyPublishers.ofByteArray(bytes),
                "Tus-Resumable", "1.0.0", "Upload-Token", client().token(upload.assetId()), "X-HTTP-Method-Override", "PATCH",
                "Content-Type", "application/offset+octet-stream", "Upload-Offset", "0");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void saysThatTheDiskIsFullAndKeepsWhatItHas() throws IOException {
        byte[] bytes = bytes(200_000);
        Upload upload = prepared(bytes.length);
        Upload small = prepared(10);
        String token = client().token(upload.assetId());
        client().patch(upload.id(), token, 0, Arrays.copyOf(bytes, 100_000));
        byte[] rest = Arrays.copyOfRange(bytes, 100_000, 200_000);
        switches.full(true);
        try {
            HttpResponse<String> response = client().patch(upload.id(), token, 100_000, rest);
            assertThat(response.statusCode()).isEqualTo(507);
            assertThat(response.body()).contains("STORAGE_FULL").doesNotContain("/tmp");
            assertThat(client().put(small.id(), client().token(small.assetId()), bytes(10)).statusCode()).isEqualTo(507);
        } finally {
            switches.full(false);
        }
        assertThat(client().patch(upload.id(), token, 100_000, rest).statusCode()).isEqualTo(204);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    private HttpResponse<String> create(String[] tus, String... more) {
        String[] all = Arrays.copyOf(more, more.length + tus.length);
        System.arraycopy(tus, 0, all, more.length, tus.length);
        return client().send("POST", "/uploads", all);
    }

    private HttpResponse<String> patch(Upload upload, String[] common, String... more) {
        String[] all = Arrays.copyOf(more, more.length + common.length);
        System.arraycopy(common, 0, all, more.length, common.length);
        return client().send("PATCH", "/uploads/" + upload.id(), BodyPublishers.ofByteArray(bytes(10)), all);
    }

    static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    static long offset(HttpResponse<String> response) {
        return response.headers().firstValueAsLong("Upload-Offset").orElse(-1);
    }

    static String digest(String algorithm, byte[] bytes) throws Exception {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
