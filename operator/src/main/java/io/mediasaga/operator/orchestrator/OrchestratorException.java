package io.mediasaga.operator.orchestrator;

/** The orchestrator could not be asked. The message says what to do. */
public final class OrchestratorException extends Exception {

    private static final long serialVersionUID = 1L;

    OrchestratorException(String message, Throwable cause) {
        super(message, cause);
    }

    OrchestratorException(String message) {
        super(message);
    }
}
