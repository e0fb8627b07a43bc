package io.mediasaga.web.description;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** Every refusal that an API may answer with, as the description names it. */
enum ProblemStatus {
    BAD_REQUEST(400, "The request cannot be understood, or a value in it is not valid."),
    UNAUTHORIZED(401, "The token is missing or not valid."),
    FORBIDDEN(403, "The token does not have the role that this takes, or not the owner's."),
    NOT_FOUND(404, "There is nothing of that name, or not for the token's owner."),
    NOT_ACCEPTABLE(406, "The Accept header asks for a media type that there is not."),
    CUT_OFF(408, "The connection broke off before the body was complete; what came before it has been kept."),
    CONFLICT(409, "The state of things does not allow it; the detail says what to do."),
    GONE(410, "It is over: expired, ended or deleted."),
    PRECONDITION_FAILED(412, "The client speaks another version of the protocol."),
    CONTENT_TOO_LARGE(413, "The body is larger than is taken here."),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not one of those that are taken here."),
    RANGE_NOT_SATISFIABLE(416, "The file has no such range."),
    UNPROCESSABLE_CONTENT(422, "The request is understood, but what it asks for is not valid; the detail says why."),
    LOCKED(423, "Another request works on the same thing."),
    TOO_MANY_REQUESTS(429, "Too many requests, or too much to do already."),
    CHECKSUM_MISMATCH(460, "The bytes that arrived have another checksum than the one that was sent."),
    SERVICE_UNAVAILABLE(503, "The database, the store or the token's issuer does not answer now; try again."),
    STORAGE_FULL(507, "There is no room now; try again later.");

    private static final String SCHEMA = "#/components/schemas/" + ProblemSchema.NAME;
    private static final String PROBLEM = "application/problem+json";

    private final int status;
    private final String description;

    ProblemStatus(int status, String description) {
        this.status = status;
        this.description = description;
    }

    /** @throws IllegalArgumentException when nothing is known of the status */
    static ProblemStatus of(int status) {
        return Arrays.stream(values())
                .filter(each -> each.status == status)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Add %d to ProblemStatus: what does it mean?".formatted(status)));
    }

    int status() {
        return status;
    }

    /** Its name among the components. */
    String component() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    ApiResponse reference() {
        return new ApiResponse().$ref("#/components/responses/" + component());
    }

    ApiResponse response() {
        ApiResponse response = new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(PROBLEM, new MediaType().schema(new Schema<>().$ref(SCHEMA))));
        headers().forEach(response::addHeaderObject);
        return response;
    }

    private Map<String, Header> headers() {
        Map<String, Header> headers = new LinkedHashMap<>();
        headers.put("X-Request-ID", requestId());
        switch (this) {
            case UNAUTHORIZED, FORBIDDEN -> headers.put(
                    HttpHeaders.WWW_AUTHENTICATE, header("How to ask with a token (RFC 6750).", new StringSchema()));
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE, LOCKED, STORAGE_FULL -> headers.put(
                    HttpHeaders.RETRY_AFTER, header("After how many seconds to try again.", new IntegerSchema().format("int32")));
            default -> {}
        }
        return headers;
    }

    static Header requestId() {
        return header("The request's id, as given or made; logs and messages carry it too.", new StringSchema());
    }

    private static Header header(String description, Schema<?> schema) {
        return new Header().description(description).schema(schema);
    }
}
