package io.mediasaga.web;

import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Ends a request with an RFC 9457 problem. May be thrown from anywhere below a controller. */
public class ProblemException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String detail;

    /**
     * @param status the HTTP status of the response
     * @param code for programs, upper snake case, as in {@code ASSET_NOT_FOUND}
     * @param detail for people: what was wrong, where, and what to do
     */
    public ProblemException(HttpStatus status, String code, String detail) {
        super(status, Problems.of(status, code, detail), null);
        this.code = Objects.requireNonNull(code, "code");
        this.detail = Objects.requireNonNull(detail, "detail");
    }

    /** Adds a header to the response. */
    public ProblemException withHeader(String name, String value) {
        getHeaders().set(name, value);
        return this;
    }

    /** Tells the client when to try again. */
    public ProblemException retryAfter(int seconds) {
        return withHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
    }

    /** Adds an extension member to the problem; the name is in snake case. */
    public ProblemException with(String name, Object value) {
        getBody().setProperty(name, value);
        return this;
    }

    /** The code for programs. */
    public String code() {
        return code;
    }

    @Override
    public String getMessage() {
        return code + ": " + detail;
    }
}
