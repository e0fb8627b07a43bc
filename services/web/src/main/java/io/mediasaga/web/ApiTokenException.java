package io.mediasaga.web;

/** The service cannot start for want of an API token. */
final class ApiTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    ApiTokenException(String what, String action) {
        super(what + ". " + action);
        this.action = action;
    }

    String action() {
        return action;
    }
}
