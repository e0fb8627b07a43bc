package io.mediasaga.standalone.client;

/** The file to be published cannot be. */
public final class LocalFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalFileException(String message) {
        super(message);
    }
}
