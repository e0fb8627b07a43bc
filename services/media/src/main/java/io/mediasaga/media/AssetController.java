package io.mediasaga.media;

import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.PageLimit;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The registry over HTTP, below the context path {@code /api/assets}. An uploader sees what belongs to an owner of the uploader's own. */
@RestController
@Needs({Role.VIEWER, Role.UPLOADER})
class AssetController {

    private final AssetReader assets;

    AssetController(AssetReader assets) {
        this.assets = assets;
    }

    /** One asset; 404 when there is none of this id. */
    @GetMapping("/{assetId}")
    Asset get(@PathVariable String assetId, Caller caller) {
        return assets.find(Parameters.text("asset_id", assetId))
                .filter(asset -> caller.maySee(asset.ownerId()))
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND, "ASSET_NOT_FOUND", "There is no asset %s".formatted(assetId)));
    }

    /** Assets, newest first; all filters must hold. */
    @GetMapping({"", "/"})
    CursorPage<Asset> list(
            @RequestParam(name = "owner", required = false) @Nullable String owner,
            @RequestParam(name = "status", required = false) @Nullable AssetStatus status,
            @RequestParam(name = "q", required = false) @Nullable String words,
            @RequestParam(name = "created_from", required = false) @Nullable Instant createdFrom,
            @RequestParam(name = "created_to", required = false) @Nullable Instant createdTo,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            Caller caller) {
        if (!caller.maySee(owner)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN, "NOT_YOURS", "An uploader lists the assets of an owner of its own: name it, as in ?owner="
                            + caller.owners().stream().sorted().findFirst().orElse("me"));
        }
        AssetQuery query = new AssetQuery(
                owner == null ? null : Parameters.text("owner", owner),
                status,
                words == null ? null : Parameters.text("q", words),
                Parameters.time("created_from", createdFrom),
                Parameters.time("created_to", createdTo),
                Parameters.cursor(Cursor.parse(cursor, 2)));
        return assets.list(query, PageLimit.of(limit));
    }
}
