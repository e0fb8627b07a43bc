package io.mediasaga.operator.model;

/**
 * Something that this MediaSaga wants otherwise than an older one that has it.
 *
 * @param subject what it is about
 * @param message what is wrong, and what to do
 */
public record Conflict(Subject subject, String message) {

    /** What a conflict is about. */
    public enum Subject {
        /** A topic is otherwise than wanted, and stays so. */
        TOPIC,
        /** Topics have fewer partitions than wanted for as long as sagas run. */
        PARTITIONS,
        /** A participant belongs to another MediaSaga that wants it otherwise. */
        PARTICIPANT
    }
}
