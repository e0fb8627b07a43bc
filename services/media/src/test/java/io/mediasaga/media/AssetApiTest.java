package io.mediasaga.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class AssetApiTest extends MediaIntegration {

    @Autowired
    private CreateAsset createAsset;

    @Autowired
    private MarkAssetFailed markFailed;

    private static final String ORDER = " ORDER BY created_at DESC, asset_id DESC LIMIT 51";

    private final String owner = id();

    @Test
    void anAssetIsFoundByItsId() throws Exception {
        String assetId = add("Holiday", "beach.mp4");

        HttpResponse<String> response = get("/" + assetId);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode asset = json(response);
        assertThat(asset.get("asset_id").asString()).isEqualTo(assetId);
        assertThat(asset.get("owner_id").asString()).isEqualTo(owner);
        assertThat(asset.get("status").asString()).isEqualTo("PENDING");
        assertThat(asset.get("size_bytes").asLong()).isEqualTo(1000);
        assertThat(asset.get("created_at").asString()).endsWith("Z");
        assertThat(asset.has("failure_reason")).isFalse();
    }

    @Test
    void theInterfaceDescribesItself() throws Exception {
        JsonNode description = json(get("/openapi.json"));

        assertThat(description.get("info").get("title").asString()).isEqualTo("mediasaga media");
        assertThat(description.get("paths").propertyNames()).anyMatch(path -> path.startsWith("/{"));
        assertThat(description.toString()).contains("\"asset_id\":").doesNotContain("\"assetId\":");
    }

    @Test
    void anUnknownAssetIsAProblem() throws Exception {
        HttpResponse<String> response = get("/no-such-asset");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("code").asString()).isEqualTo("ASSET_NOT_FOUND");
    }

    @Test
    void pagesCoverEverythingOnceNewestFirst() throws Exception {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            added.addFirst(add("Page " + i, "p.mp4"));
        }
        // The same time for several: the id decides, and nothing is lost between pages.
        jdbc.sql("UPDATE asset SET created_at = now() WHERE owner_id = ? AND title IN ('Page 2', 'Page 3', 'Page 4')")
                .param(owner)
                .update();

        List<String> seen = new ArrayList<>();
        String next = "";
        int pages = 0;
        do {
            JsonNode page = json(get("?limit=2&owner=" + owner + "&cursor=" + next));
            page.get("items").forEach(asset -> seen.add(asset.get("asset_id").asString()));
            next = page.has("next_cursor") ? page.get("next_cursor").asString() : "";
            pages++;
        } while (!next.isEmpty());

        assertThat(pages).isEqualTo(4);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(added).doesNotHaveDuplicates();
        assertThat(json(get("?owner=" + owner)).get("items").size()).isEqualTo(7);
        assertThat(json(get("/?owner=" + owner)).get("items").size()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "holiday, 1",
        "HOLI, 1",
        "'holiday beach', 1",
        "'beach -- holiday', 1",
        "mp4, 2",
        "städte, 1",
        "STÄDTE, 1",
        "nothing, 0",
        "'''); DROP TABLE asset; --', 0",
        "':* & | !', 2"
    })
    void wordsOfTitleAndFileNameAreFound(String words, int count) throws Exception {
        add("Holiday at the sea", "my-beach_2026.mp4");
        add("Große Städte", "film.mp4");

        assertThat(json(get("?owner=" + owner + "&q=" + encoded(words))).get("items").size()).isEqualTo(count);
    }

    @Test
    void filtersByStatusAndTime() throws Exception {
        add("stays", "a.mp4");
        String failed = add("fails", "b.mp4");
        alone(markFailed, "saga-of-" + failed, new AssetMarkFailed(failed, "on purpose"));

        JsonNode list = json(get("?status=FAILED&owner=" + owner));
        assertThat(list.get("items").size()).isOne();
        assertThat(list.get("items").get(0).get("failure_reason").asString()).isEqualTo("on purpose");
        assertThat(count("&created_from=2020-01-01T00:00:00Z")).isEqualTo(2);
        assertThat(count("&created_to=2020-01-01T00:00:00Z")).isZero();
        assertThat(count("&created_from=9998-01-01T00:00:00Z")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=many",
                "status=LOST",
                "cursor=garbage",
                "cursor=WyJhIiwiYiJd",
                "created_from=yesterday",
                "created_from=%2B1000000000-12-31T23:59:59Z",
                "owner=a%00b",
                "q=a%00b"
            })
    void aWrongParameterIsAProblem(String query) throws Exception {
        HttpResponse<String> response = get("?" + query);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void everyListIsServedFromAnIndexInItsOrder() {
        for (String where : List.of("true", "owner_id = 'o'", "status = 'FAILED'")) {
            String plan = transactions.execute(status -> {
                jdbc.sql("SET LOCAL enable_seqscan = off").update();
                return String.join("\n", jdbc.sql("EXPLAIN SELECT * FROM asset WHERE " + where + ORDER).query(String.class).list());
            });
            assertThat(plan).as(where).contains("Index Scan using asset_").doesNotContain("Sort");
        }
    }

    private int count(String query) throws Exception {
        return json(get("?owner=" + owner + query)).get("items").size();
    }

    private String add(String title, String fileName) {
        String assetId = id();
        run(createAsset, "saga-of-" + assetId, new AssetCreate(assetId, owner, title, fileName, "video/mp4", 1000L));
        return assetId;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
