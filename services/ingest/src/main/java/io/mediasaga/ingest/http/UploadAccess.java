package io.mediasaga.ingest.http;

import io.mediasaga.ingest.upload.RecentUploads;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.ingest.upload.Uploads;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.RequestAuthenticator;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Decides who may touch an upload: who has its token, in {@code Authorization: Bearer}, {@code Upload-Token} or, for clients that can
 * set no header, the query parameter {@code token}; and who has the API token. Who has neither learns nothing of the upload.
 */
@Component
class UploadAccess {

    static final String TOKEN_HEADER = "Upload-Token";

    private static final String BEARER = "Bearer ";

    private final UploadTokens tokens;
    private final RequestAuthenticator api;
    private final Uploads uploads;
    private final RecentUploads recent;

    UploadAccess(UploadTokens tokens, RequestAuthenticator api, Uploads uploads, RecentUploads recent) {
        this.tokens = tokens;
        this.api = api;
        this.uploads = uploads;
        this.recent = recent;
    }

    /**
     * The upload.
     *
     * @throws ProblemException 401 for no token, a wrong or expired one, 403 for that of another upload, 404 for no such upload
     */
    Upload upload(HttpServletRequest request, String id) {
        Optional<UploadTokens.Claim> claim = claim(request);
        recent.forget(id);
        return permitted(claim, id, uploads.find(id));
    }

    /** The same for who sends the whole file; the upload may be told as it was when it was prepared. */
    Upload uploadOfWhole(HttpServletRequest request, String id) {
        Optional<UploadTokens.Claim> claim = claim(request);
        return permitted(claim, id, recent.take(id).or(() -> uploads.find(id)));
    }

    /** The upload of an asset; the exceptions are those of {@link #upload}. */
    Upload uploadOfAsset(HttpServletRequest request, String assetId) {
        Optional<UploadTokens.Claim> claim = claim(request);
        return permitted(claim, null, uploads.findByAsset(assetId));
    }

    /** The token's claim; empty for who has the API token. */
    private Optional<UploadTokens.Claim> claim(HttpServletRequest request) {
        if (api.authenticate(request).isPresent()) {
            return Optional.empty();
        }
        String token = token(request);
        if (token == null) {
            throw unauthorized("The upload's token is missing: get one by POST /uploads/tokens, send it as Authorization: Bearer <token>");
        }
        return Optional.of(tokens.read(token)
                .orElseThrow(() -> unauthorized("The token is no token of an upload: get one by POST /uploads/tokens")));
    }

    private static Upload permitted(
            Optional<UploadTokens.Claim> claim, @Nullable String id, Optional<Upload> found) {
        if (claim.isPresent()) {
            String wanted = id != null ? id : found.map(Upload::id).orElse("");
            if (!claim.get().uploadId().equals(wanted)) {
                throw new ProblemException(HttpStatus.FORBIDDEN, "WRONG_UPLOAD", "The token is that of another upload");
            }
        }
        Upload upload = found.orElseThrow(() -> new ProblemException(
                HttpStatus.NOT_FOUND, "UPLOAD_NOT_FOUND", "There is no such upload: it was never prepared or is long over"));
        if (claim.isPresent() && !upload.readAt().isBefore(claim.get().expiresAt())) {
            throw unauthorized("The token has expired: get a new one by POST /uploads/tokens");
        }
        MDC.put(SagaLogFilter.SAGA_ID, upload.sagaId());
        return upload;
    }

    private static @Nullable String token(HttpServletRequest request) {
        String header = request.getHeader(TOKEN_HEADER);
        if (header != null) {
            return header.strip();
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        return queryToken(request.getQueryString());
    }

    /** Not by way of the request's parameters: they would read a form's body, which may be the upload. */
    private static @Nullable String queryToken(@Nullable String query) {
        if (query == null) {
            return null;
        }
        for (String each : query.split("&")) {
            if (each.startsWith("token=")) {
                return URLDecoder.decode(each.substring("token=".length()), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private static ProblemException unauthorized(String detail) {
        return new ProblemException(HttpStatus.UNAUTHORIZED, "UNAUTHORIZED", detail)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"mediasaga uploads\"");
    }
}
