package io.mediasaga.media;

import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.PageLimit;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import io.mediasaga.web.description.Patterns;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The registry over HTTP, below the context path {@code /api/assets}. An uploader sees what belongs to an owner of the uploader's own. */
@Tag(name = "Assets")
@RestController
@Needs({Role.VIEWER, Role.UPLOADER})
class AssetController {

    private final AssetReader assets;

    AssetController(AssetReader assets) {
        this.assets = assets;
    }

    /** One asset; 404 when there is none of this id. */
    @GetMapping("/{assetId}")
    Asset getAsset(@PathVariable @Size(max = Parameters.MAX_LENGTH) String assetId, Caller caller) {
        return assets.find(Parameters.text("asset_id", assetId))
                .filter(asset -> caller.maySee(asset.ownerId()))
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND, "ASSET_NOT_FOUND", "There is no asset %s".formatted(assetId)));
    }

    /**
     * Assets, newest first; all filters must hold.
     *
     * @param owner whose; an uploader who is no viewer has to name an owner of its own
     * @param words that have to be in the title or in the file's name
     * @param createdFrom made at that time or later
     * @param createdTo made before that time
     */
    @GetMapping({"", "/"})
    CursorPage<Asset> listAssets(
            @Parameter(schema = @Schema(types = "string", maxLength = Parameters.MAX_LENGTH, pattern = Patterns.PRINTABLE))
            @RequestParam(name = "owner", required = false) @Nullable String owner,
            @RequestParam(name = "status", required = false) @Nullable AssetStatus status,
            @Parameter(schema = @Schema(types = "string", maxLength = Parameters.MAX_LENGTH, pattern = Patterns.PRINTABLE))
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
