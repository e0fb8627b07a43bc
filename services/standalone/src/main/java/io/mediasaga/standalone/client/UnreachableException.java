package io.mediasaga.standalone.client;

import java.io.IOException;
import java.net.URI;

/** Nobody answers at the platform's address. */
public final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreachableException(URI server, IOException cause) {
        super(("The platform does not answer at %s (%s); start it with ./mediasaga dev, or name another address with --server")
                .formatted(server, cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()), cause);
    }
}
