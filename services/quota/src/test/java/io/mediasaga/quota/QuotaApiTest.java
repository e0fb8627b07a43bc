package io.mediasaga.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class QuotaApiTest extends QuotaIntegration {

    private final String owner = id();

    @Test
    void anOwnerNobodyHasHeardOfHasTheConfiguredLimits() throws Exception {
        JsonNode quota = json(send("GET", "/" + owner, null));

        assertThat(quota.get("limit_bytes").asLong()).isEqualTo(10000);
        assertThat(quota.get("free_assets").asLong()).isEqualTo(10);
        assertThat(quota.get("own_limits").asBoolean()).isFalse();
    }

    @Test
    void theInterfaceDescribesItself() throws Exception {
        JsonNode description = json(send("GET", "/openapi.json", null));

        assertThat(description.get("info").get("title").asString()).isEqualTo("mediasaga quota");
        assertThat(description.get("paths").propertyNames()).anyMatch(path -> path.endsWith("/limits"));
    }

    @Test
    void anOwnerMayHaveLimitsOfItsOwnAndLoseThemAgain() throws Exception {
        JsonNode quota = json(send("PUT", "/" + owner, "{\"limit_bytes\": 50000, \"limit_assets\": 2}"));

        assertThat(quota.get("limit_bytes").asLong()).isEqualTo(50000);
        assertThat(quota.get("own_limits").asBoolean()).isTrue();
        reserve("s1", id(), owner, 20000);
        reserve("s2", id(), owner, 20000);
        assertRefused(reserve("s3", id(), owner, 1), "QUOTA_EXCEEDED");

        JsonNode dropped = json(send("DELETE", "/" + owner + "/limits", null));
        assertThat(dropped.get("limit_bytes").asLong()).isEqualTo(10000);
        assertThat(dropped.get("free_bytes").asLong()).isZero();
        assertThat(dropped.get("reserved_bytes").asLong()).isEqualTo(40000);
        assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"limit_bytes\": 1}",
                "{\"limit_bytes\": -1, \"limit_assets\": 1}",
                "{\"limit_bytes\": 9223372036854775807, \"limit_assets\": 1}",
                "{\"limit_bytes\": 1e30, \"limit_assets\": 1}",
                "{\"limit_bytes\": \"much\", \"limit_assets\": 1}",
                "nonsense",
                ""
            })
    void limitsThatAreNoneAreAProblem(String body) throws Exception {
        HttpResponse<String> response = send("PUT", "/" + owner, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(send("GET", "/" + owner, null)).get("own_limits").asBoolean()).isFalse();
    }

    @Test
    void theLedgerComesInPagesNewestFirst() throws Exception {
        for (int i = 1; i <= 5; i++) {
            reserve("s" + i, id(), owner, i);
        }

        List<Long> bytes = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(send("GET", "/" + owner + "/ledger?limit=2&cursor=" + next, null));
            page.get("items").forEach(entry -> bytes.add(entry.get("reserved_bytes").asLong()));
            next = page.has("next_cursor") ? page.get("next_cursor").asString() : "";
        } while (!next.isEmpty());

        assertThat(bytes).containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void accountsComeInPages() throws Exception {
        for (int i = 0; i < 3; i++) {
            reserve("s" + i, id(), "page-" + i, 1);
        }

        JsonNode page = json(send("GET", "?limit=1", null));
        assertThat(page.get("items").size()).isOne();
        JsonNode next = json(send("GET", "?limit=1&cursor=" + page.get("next_cursor").asString(), null));
        assertThat(next.get("items").get(0).get("owner_id").asString())
                .isGreaterThan(page.get("items").get(0).get("owner_id").asString());
    }

    @Test
    void anAdjustmentHappensOnce() throws Exception {
        String adjustment = "{\"adjustment_id\": \"a1\", \"bytes\": 500, \"assets\": 1, \"note\": \"brought along\"}";

        send("POST", "/" + owner + "/adjustments", adjustment);
        JsonNode quota = json(send("POST", "/" + owner + "/adjustments", adjustment));

        assertThat(quota.get("used_bytes").asLong()).isEqualTo(500);
        assertThat(quota.get("used_assets").asLong()).isEqualTo(1);
        assertProblem(send("POST", "/" + owner + "/adjustments", adjustment.replace("500", "501")), 409, "ADJUSTMENT_EXISTS");
        assertProblem(
                send("POST", "/" + owner + "/adjustments", adjustment.replace("a1", "a2").replace("500", "-501")),
                422,
                "USAGE_OUT_OF_RANGE");
        assertProblem(
                send("POST", "/" + id() + "/adjustments", adjustment.replace("500", "-1")), 422, "USAGE_OUT_OF_RANGE");
        assertProblem(
                send("POST", "/" + owner + "/adjustments", adjustment.replace("brought along", " ")),
                400,
                "VALIDATION_FAILED");
        assertAccount(owner, 0, 0, 500, 1);
    }

    @Test
    void theAuditProvesTheBalance() throws Exception {
        reserve("s1", id(), owner, 1);

        JsonNode result = json(send("GET", "/audit", null));

        assertThat(result.get("balanced").asBoolean()).isTrue();
        assertThat(result.get("wrong_owners").asLong()).isZero();
        assertThat(result.get("entries").asLong()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%20", "/a%00b", "/x?limit=0", "?cursor=bad", "/x/ledger?cursor=WyJhIl0"})
    void aWrongRequestIsAProblem(String path) throws Exception {
        String target = path.startsWith("/x?") ? "/x/ledger" + path.substring(2) : path;

        HttpResponse<String> response = send("GET", target, null);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).get("code").asString()).isEqualTo(code);
    }
}
