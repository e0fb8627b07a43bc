package io.mediasaga.standalone.client;

import org.jspecify.annotations.Nullable;

/** The platform refused a request; the message is the platform's own, in plain words. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String code;

    ApiException(int status, @Nullable String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The problem's code, if the platform gave one. */
    public @Nullable String code() {
        return code;
    }

    /** Whether the same request may succeed a little later. */
    public boolean isPassing() {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }
}
