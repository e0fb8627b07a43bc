package io.mediasaga.standalone.platform;

/** A service did not start. */
public final class ServiceFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param service its name */
    public ServiceFailedException(String service, Throwable cause) {
        super("The service %s did not start: %s".formatted(service, rootMessage(cause)), cause);
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
