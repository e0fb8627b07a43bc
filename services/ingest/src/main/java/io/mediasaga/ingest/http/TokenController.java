package io.mediasaga.ingest.http;

import io.mediasaga.ingest.upload.RecentUploads;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.ingest.upload.Uploads;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.RateLimited;
import io.mediasaga.web.access.Role;
import io.mediasaga.web.description.Answers;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Gives an uploader of the file's owner, or the platform itself, a token for one upload, to pass on to whoever has the file. */
@Tag(name = "Uploads")
@RestController
@Needs(Role.UPLOADER)
class TokenController {

    private static final int TRY_AGAIN_SECONDS = 1;

    private final Uploads uploads;
    private final RecentUploads recent;
    private final UploadTokens tokens;
    private final Termination termination;

    TokenController(Uploads uploads, RecentUploads recent, UploadTokens tokens, Termination termination) {
        this.uploads = uploads;
        this.recent = recent;
        this.tokens = tokens;
        this.termination = termination;
    }

    /** Which upload is meant: by asset, or by its own id. */
    record Wanted(@Nullable String assetId, @Nullable String uploadId) {}

    /**
     * The token and what goes with it.
     *
     * @param uploadUrl path for tus; plain PUT goes to {@code …/content} below it
     * @param offset how many bytes are there already
     */
    record Granted(
            String uploadId, String assetId, String uploadUrl, String token, Instant expiresAt, long offset, long sizeBytes) {}

    /** A token for the upload of an asset, once its saga has prepared it; who has it needs no other. */
    @RateLimited(RateLimited.Limit.UPLOADS)
    @Answers(refusals = {404, 409, 410})
    @PostMapping("/tokens")
    Granted grantUploadToken(@RequestBody Wanted wanted, HttpServletRequest request, Caller caller) {
        Upload upload = find(wanted).filter(found -> caller.mayActFor(found.ownerId())).orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "UPLOAD_NOT_FOUND",
                        "No upload is prepared for that asset: its saga has not come so far yet, or is over")
                .retryAfter(TRY_AGAIN_SECONDS));
        termination.requireAlive(upload);
        return new Granted(
                upload.id(),
                upload.assetId(),
                request.getContextPath() + "/" + upload.id(),
                tokens.issue(upload.id(), upload.expiresAt()),
                upload.expiresAt(),
                upload.offset(),
                upload.size());
    }

    private Optional<Upload> find(Wanted wanted) {
        String id = wanted.uploadId();
        if (id != null) {
            return recent.find(id).or(() -> uploads.find(id));
        }
        if (wanted.assetId() == null || wanted.assetId().isBlank()) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, "ASSET_ID_MISSING", "Say which upload is meant: give asset_id or upload_id");
        }
        return recent.findByAsset(wanted.assetId()).or(() -> uploads.findByAsset(wanted.assetId()));
    }
}
