package io.mediasaga.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.ingest.support.IngestIntegration;
import io.mediasaga.ingest.upload.Upload;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class UploadAccessTest extends IngestIntegration {

    @Autowired
    private UploadTokens tokens;

    @Autowired
    private JdbcClient database;

    @Test
    void tokensAreForWhoHasTheApiToken() {
        Upload upload = prepared(10);
        assertThat(tokens("{\"asset_id\":\"" + upload.assetId() + "\"}", "nonsense").statusCode()).isEqualTo(401);
        assertThat(tokens("{\"asset_id\":\"" + upload.assetId() + "\"}", client().token(upload.assetId())).statusCode())
                .as("an upload's token gives no further ones")
                .isEqualTo(401);
        HttpResponse<String> granted = tokens("{\"asset_id\":\"" + upload.assetId() + "\"}", API_TOKEN);
        assertThat(granted.statusCode()).isEqualTo(200);
        assertThat(granted.body())
                .contains("\"upload_url\":\"/uploads/" + upload.id() + "\"", "\"offset\":0", "\"token\":\"", "\"expires_at\":\"");
        assertThat(tokens("{\"upload_id\":\"" + upload.id() + "\"}", API_TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void theInterfaceDescribesItself() {
        HttpResponse<String> description = client().send("GET", "/uploads/openapi.json");
        assertThat(description.statusCode()).isEqualTo(200);
        assertThat(description.body()).contains("\"mediasaga ingest\"", "/tokens", "\"patch\"");
    }

    @Test
    void badRequestsForTokensAreExplained() {
        assertThat(tokens("{\"asset_id\":\"nobody\"}", API_TOKEN).statusCode()).isEqualTo(404);
        assertThat(tokens("{}", API_TOKEN).statusCode()).isEqualTo(400);
        assertThat(tokens("{\"asset_id\":\"  \"}", API_TOKEN).body()).contains("ASSET_ID_MISSING");
        assertThat(tokens("{", API_TOKEN).statusCode()).isEqualTo(400);
        assertThat(tokens("{\"asset_id\":\"" + "x".repeat(2_000_000) + "\"}", API_TOKEN).statusCode()).isEqualTo(413);
    }

    @Test
    void withoutARightTokenNothingIsLearnt(CapturedOutput output) {
        Upload upload = prepared(10);
        Upload other = prepared(10);
        String right = client().token(upload.assetId());
        assertThat(client().send("HEAD", "/uploads/" + upload.id(), "Tus-Resumable", "1.0.0").statusCode()).isEqualTo(401);
        assertThat(client().head(upload.id(), "nonsense").statusCode()).isEqualTo(401);
        assertThat(client().head(upload.id(), right.substring(0, right.length() - 2) + "AA").statusCode()).isEqualTo(401);
        assertThat(client().head(upload.id(), right.replace(upload.id(), other.id())).statusCode()).isEqualTo(401);
        assertThat(client().head(upload.id(), client().token(other.assetId())).statusCode()).isEqualTo(403);
        assertThat(client().head("00000000-0000-0000-0000-000000000000", right).statusCode()).isEqualTo(403);
        assertThat(client().head("00000000-0000-0000-0000-000000000000", "nonsense").statusCode()).isEqualTo(401);
        assertThat(client().head("00000000-0000-0000-0000-000000000000", API_TOKEN).statusCode()).isEqualTo(404);
        assertThat(client().put(upload.id(), "a.b.c", bytes(10)).statusCode()).isEqualTo(401);
        assertThat(client().put(upload.id(), client().token(other.assetId()), bytes(10)).body()).contains("WRONG_UPLOAD");
        assertThat(now(upload).offset()).isZero();
        assertThat(output).doesNotContain(right);
    }

    @Test
    void tokensExpireByTheDatabasesClock() {
        Upload upload = prepared(10);
        String expired = tokens.issue(upload.id(), upload.readAt().minusSeconds(1));
        HttpResponse<String> response = client().put(upload.id(), expired, bytes(10));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("expired");
        String valid = tokens.issue(upload.id(), upload.readAt().plus(Duration.ofMinutes(1)));
        assertThat(client().put(upload.id(), valid, bytes(10)).statusCode()).isEqualTo(204);
    }

    @Test
    void everyReplicaKnowsTheTokensOfEveryOther() {
        UploadTokens another = new UploadTokens(new TokenKey(database));
        Upload upload = prepared(10);
        assertThat(another.read(client().token(upload.assetId())))
                .hasValueSatisfying(claim -> assertThat(claim.uploadId()).isEqualTo(upload.id()));
    }

    @Test
    void theTokenMayComeInOtherPlaces() {
        Upload upload = prepared(10);
        String token = client().token(upload.assetId());
        String path = "/uploads/" + upload.id();
        assertThat(client().send("HEAD", path + "?token=" + token, "Tus-Resumable", "1.0.0").statusCode()).isEqualTo(200);
        assertThat(client().send("HEAD", path, "Tus-Resumable", "1.0.0", "Upload-Token", token).statusCode()).isEqualTo(200);
        assertThat(client().send("HEAD", path, "Tus-Resumable", "1.0.0", "Authorization", "Bearer " + API_TOKEN).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/uploads/..%2f..%2fetc%2fpasswd", "/uploads/%2e%2e/%2e%2e/etc/passwd", "/uploads/x/content",
        "/uploads/00000000-0000-0000-0000-000000000000/../../../etc", "/uploads/00000000-0000-0000-0000-000000000000/content/..",
        "/uploads/tokens/../x", "/uploads//etc/passwd", "/uploads/AAAAAAAA-0000-0000-0000-000000000000",
        "/uploads/00000000-0000-0000-0000-000000000000;x=/content"
    })
    void pathsLeadNowhereElse(String path) {
        for (String method : new String[] {"HEAD", "PATCH", "PUT", "GET", "DELETE", "POST"}) {
            HttpResponse<String> response = client().send(
                    method, path, BodyPublishers.ofByteArray(bytes(10)), "Tus-Resumable", "1.0.0", "Upload-Token", "a.1.b",
                    "Content-Type", "application/offset+octet-stream", "Upload-Offset", "0");
            assertThat(response.statusCode()).as(method + " " + path).isBetween(400, 415);
        }
    }

    private HttpResponse<String> tokens(String body, String token) {
        return client().send(
                "POST", "/uploads/tokens", BodyPublishers.ofString(body),
                "Content-Type", "application/json", "Authorization", "Bearer " + token);
    }
}
