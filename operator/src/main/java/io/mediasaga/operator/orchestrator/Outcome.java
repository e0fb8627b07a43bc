package io.mediasaga.operator.orchestrator;

/** What the orchestrator said to a definition. */
public sealed interface Outcome {

    /**
     * It runs new sagas by it.
     *
     * @param version the number that it gave it
     * @param hash of its canonical form
     * @param acceptedAt when it was first accepted, RFC 3339
     */
    record Accepted(int version, String hash, String acceptedAt) implements Outcome {}

    /** It does not take it, and trying again changes nothing. */
    record Refused(String message) implements Outcome {}

    /** Nobody knows: it is away, busy, or does not let the operator in. */
    record Unknown(String message) implements Outcome {}
}
