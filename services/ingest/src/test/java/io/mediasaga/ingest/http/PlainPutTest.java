package io.mediasaga.ingest.http;

import static io.mediasaga.ingest.http.TusProtocolTest.digest;
import static io.mediasaga.ingest.http.TusProtocolTest.offset;
import static io.mediasaga.ingest.http.TusProtocolTest.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.ingest.support.IngestIntegration;
import io.mediasaga.ingest.upload.Upload;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPutTest extends IngestIntegration {

    @ParameterizedTest
    @ValueSource(ints = {1, 1024, 2_000_000})
    void takesAWholeFile(int size) throws Exception {
        byte[] bytes = bytes(size);
        Upload upload = prepared(size);
        HttpResponse<String> response = client().put(
                upload.id(), client().token(upload.assetId()), bytes, "Content-Type", "video/mp4",
                "Content-Digest", "sha-256=:" + digest("SHA-256", bytes) + ":");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(offset(response)).isEqualTo(size);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void goesOnByContentRange() throws Exception {
        byte[] bytes = bytes(100_000);
        Upload upload = prepared(bytes.length, sha256(bytes));
        String token = client().token(upload.assetId());
        byte[] first = Arrays.copyOf(bytes, 60_000);
        byte[] second = Arrays.copyOfRange(bytes, 60_000, 100_000);
        assertThat(client().put(upload.id(), token, first, "Content-Range", "bytes 0-59999/100000").statusCode())
                .isEqualTo(204);
        assertThat(client().put(upload.id(), token, second).statusCode()).as("not from the start").isEqualTo(409);
        assertThat(client().put(upload.id(), token, second, "Content-Range", "bytes 60000-99999/*").statusCode())
                .isEqualTo(204);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void refusesRangesThatDoNotFit() {
        Upload upload = prepared(1000);
        String token = client().token(upload.assetId());
        byte[] ten = bytes(10);
        assertThat(client().put(upload.id(), token, ten, "Content-Range", "bytes 0-9").statusCode()).isEqualTo(400);
        assertThat(client().put(upload.id(), token, ten, "Content-Range", "bytes 9-0/1000").statusCode()).isEqualTo(400);
        assertThat(client().put(upload.id(), token, ten, "Content-Range", "bytes 0-8/1000").statusCode()).isEqualTo(400);
        assertThat(client().put(upload.id(), token, ten, "Content-Range", "bytes 0-9/999").statusCode()).isEqualTo(400);
        assertThat(client().put(upload.id(), token, ten, "Content-Range", "bytes 0-9/1001").statusCode()).isEqualTo(413);
        assertThat(client().put(upload.id(), token, ten, "Content-Range", "bytes 995-1004/1000").statusCode())
                .isEqualTo(409);
        assertThat(client().put(upload.id(), token, bytes(1001)).statusCode()).isEqualTo(413);
        assertThat(now(upload).offset()).isZero();
    }

    @Test
    void dropsWhatHasAWrongChecksum() throws Exception {
        byte[] bytes = bytes(1000);
        Upload upload = prepared(bytes.length);
        String token = client().token(upload.assetId());
        String wrong = sha256(bytes(5));
        assertThat(client().put(upload.id(), token, bytes, "X-Checksum-Sha256", wrong).statusCode()).isEqualTo(460);
        assertThat(client().put(upload.id(), token, bytes, "X-Checksum-Sha256", "zz").statusCode()).isEqualTo(400);
        assertThat(client().put(upload.id(), token, bytes, "Digest", "crc=1").statusCode()).isEqualTo(400);
        assertThat(told(upload)).isEmpty();
        assertThat(client().put(upload.id(), token, bytes, "Digest", "SHA-256=" + digest("SHA-256", bytes)).statusCode())
                .isEqualTo(204);
        assertThat(client().put(upload.id(), token, bytes).statusCode()).isEqualTo(409);
        assertThat(told(upload)).hasSize(1);
    }

    @Test
    void refusesAnotherTypeThanDeclared() {
        Upload upload = prepared(10);
        String token = client().token(upload.assetId());
        assertThat(client().put(upload.id(), token, bytes(10), "Content-Type", "text/html").statusCode()).isEqualTo(415);
        assertThat(client().put(upload.id(), token, bytes(10), "Content-Type", "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(415);
        assertThat(client().put(upload.id(), token, bytes(10), "Content-Encoding", "gzip").statusCode()).isEqualTo(415);
        assertThat(client().put(upload.id(), token, bytes(10), "Content-Type", "Video/MP4; codecs=x").statusCode())
                .isEqualTo(204);
    }

    @Test
    void showsHowFarItIs() {
        Upload upload = prepared(1000);
        HttpResponse<String> response =
                client().send("GET", "/uploads/" + upload.id(), "Upload-Token", client().token(upload.assetId()));
        assertThat(response.body()).contains("\"status\":\"OPEN\"", "\"offset\":0", "\"size_bytes\":1000");
    }
}
