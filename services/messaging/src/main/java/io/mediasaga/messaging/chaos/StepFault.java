package io.mediasaga.messaging.chaos;

/** What is made to go wrong with a command. */
public enum StepFault {
    /** Nothing. */
    NONE,
    /** Its handler throws the first time; the library tries again. */
    THROWS,
    /** The first attempt is answered by a failure that another attempt may mend; the saga tries again. */
    FAILS_ONCE,
    /** Every attempt is refused for good. */
    REFUSED,
    /** Its handler always throws: in the end the message is a dead letter. */
    DIES;

    /** Whether no further attempt can succeed. */
    public boolean isPermanent() {
        return this == REFUSED || this == DIES;
    }
}
