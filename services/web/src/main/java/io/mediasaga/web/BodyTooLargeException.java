package io.mediasaga.web;

import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.util.unit.DataSize;

/** A request's body is larger than the service takes. */
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(DataSize limit) {
        super("The body is larger than the %d bytes that are taken here".formatted(limit.toBytes()));
    }

    ProblemDetail problem() {
        return Problems.of(HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", getMessage());
    }
}
