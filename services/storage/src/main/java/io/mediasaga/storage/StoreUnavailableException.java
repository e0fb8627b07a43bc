package io.mediasaga.storage;

import java.io.IOException;

/**
 * The store does not answer, or refuses everything as it is configured. This says nothing about the object; the same call may succeed
 * once the store is back or its configuration is corrected.
 */
public class StoreUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean misconfigured;

    /**
     * @param message which store does not answer, and what to do
     * @param misconfigured whether waiting alone does not help: wrong credentials, no such bucket
     */
    public StoreUnavailableException(String message, boolean misconfigured, Throwable cause) {
        super(message, cause);
        this.misconfigured = misconfigured;
    }

    /** Whether somebody has to correct something before it can succeed. */
    public boolean misconfigured() {
        return misconfigured;
    }
}
