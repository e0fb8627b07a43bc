package io.mediasaga.ingest.http;

import io.mediasaga.ingest.upload.RecentUploads;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.ingest.upload.Uploads;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.RateLimited;
import io.mediasaga.web.access.RateLimits;
import io.mediasaga.web.access.RequestAuthenticator;
import io.mediasaga.web.access.Role;
import io.mediasaga.web.access.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Decides who may touch an upload: who has its token, in {@code Authorization: Bearer}, {@code Upload-Token} or, for clients that can
 * set no header, the query parameter {@code token}; who has the API token; an uploader of the file's owner; and, to look at it, a
 * viewer. Nobody else learns anything of the upload.
 */
@Component
class UploadAccess {

    private static final int TRY_AGAIN_SECONDS = 5;

    private final UploadTokens tokens;
    private final RequestAuthenticator api;
    private final RateLimits limits;
    private final Uploads uploads;
    private final RecentUploads recent;

    UploadAccess(UploadTokens tokens, RequestAuthenticator api, RateLimits limits, Uploads uploads, RecentUploads recent) {
        this.tokens = tokens;
        this.api = api;
        this.limits = limits;
        this.uploads = uploads;
        this.recent = recent;
    }

    /** Who asks: the holder of an upload's token, or somebody whom the platform knows. */
    private sealed interface Asking {
        record Holder(UploadTokens.Claim claim) implements Asking {}

        record Known(Caller caller) implements Asking {}
    }

    /**
     * The upload.
     *
     * @throws ProblemException 401 for no token, a wrong or expired one, 403 for that of another upload, 404 for no such upload
     */
    Upload upload(HttpServletRequest request, String id) {
        Asking asking = asking(request);
        recent.forget(id);
        return permitted(request, asking, id, uploads.find(id));
    }

    /** The same for who sends the whole file; the upload may be told as it was when it was prepared. */
    Upload uploadOfWhole(HttpServletRequest request, String id) {
        Asking asking = asking(request);
        Upload upload = permitted(request, asking, id, recent.take(id).or(() -> uploads.find(id)));
        count(asking);
        return upload;
    }

    /** The upload of an asset; the exceptions are those of {@link #upload}. */
    Upload uploadOfAsset(HttpServletRequest request, String assetId) {
        Asking asking = asking(request);
        Upload upload = permitted(request, asking, null, uploads.findByAsset(assetId));
        count(asking);
        return upload;
    }

    /** Who has an upload's token was counted when it was given out. */
    private void count(Asking asking) {
        if (asking instanceof Asking.Known(Caller caller)) {
            limits.take(RateLimited.Limit.UPLOADS, caller);
        }
    }

    private Asking asking(HttpServletRequest request) {
        String bearer = RequestAuthenticator.bearer(request);
        Verdict verdict = bearer == null ? null : api.authenticate(bearer);
        if (verdict instanceof Verdict.Known(Caller caller)) {
            return new Asking.Known(caller);
        }
        if (verdict instanceof Verdict.Unknown(String why)) {
            throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "ISSUER_UNAVAILABLE", why).retryAfter(TRY_AGAIN_SECONDS);
        }
        String token = SentToken.in(request, bearer);
        if (token == null) {
            throw unauthorized("The upload's token is missing: get one by POST /uploads/tokens, send it as Authorization: Bearer <token>");
        }
        return new Asking.Holder(tokens.read(token)
                .orElseThrow(() -> unauthorized(bearer != null && bearer.startsWith("eyJ") && verdict instanceof Verdict.Refused(String why)
                        ? why
                        : "The token is no token of an upload: get one by POST /uploads/tokens")));
    }

    private static Upload permitted(HttpServletRequest request, Asking asking, @Nullable String id, Optional<Upload> found) {
        Upload upload = switch (asking) {
            case Asking.Holder(UploadTokens.Claim claim) -> ofHolder(claim, id, found);
            case Asking.Known(Caller caller) -> ofCaller(caller, request, found);
        };
        MDC.put(SagaLogFilter.SAGA_ID, upload.sagaId());
        return upload;
    }

    private static Upload ofHolder(UploadTokens.Claim claim, @Nullable String id, Optional<Upload> found) {
        String wanted = id != null ? id : found.map(Upload::id).orElse("");
        if (!claim.uploadId().equals(wanted)) {
            throw new ProblemException(HttpStatus.FORBIDDEN, "WRONG_UPLOAD", "The token is that of another upload");
        }
        Upload upload = found.orElseThrow(UploadAccess::notFound);
        if (!upload.readAt().isBefore(claim.expiresAt())) {
            throw unauthorized("The token has expired: get a new one by POST /uploads/tokens");
        }
        return upload;
    }

    private static Upload ofCaller(Caller caller, HttpServletRequest request, Optional<Upload> found) {
        boolean looking = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
        if (!caller.has(Role.UPLOADER) && !(looking && caller.has(Role.VIEWER))) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN, "ROLE_MISSING", "This takes the role %s, which %s does not have. Ask whoever gave you access."
                            .formatted(looking ? "uploader or viewer" : "uploader", caller.name()));
        }
        return found.filter(upload -> looking ? caller.maySee(upload.ownerId()) : caller.mayActFor(upload.ownerId()))
                .orElseThrow(UploadAccess::notFound);
    }

    private static ProblemException notFound() {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "UPLOAD_NOT_FOUND", "There is no such upload: it was never prepared or is long over");
    }

    private static ProblemException unauthorized(String detail) {
        return new ProblemException(HttpStatus.UNAUTHORIZED, "UNAUTHORIZED", detail)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"mediasaga uploads\"");
    }
}
