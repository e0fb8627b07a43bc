package io.mediasaga.messaging;

/** Names of the record headers that the platform reads and writes. */
public final class Headers {
    /** The request that began it all; stands in every log line. */
    public static final String REQUEST_ID = "X-Request-ID";
    /** Marks a dead letter that is sent again; holds the identifier of that order. Lets it pass the inbox once. */
    public static final String REDRIVE = "mediasaga-redrive";
    /** On a dead letter: the topic that it was on. */
    public static final String ORIGINAL_TOPIC = "mediasaga-original-topic";
    /** On a dead letter: its partition, where known. */
    public static final String ORIGINAL_PARTITION = "mediasaga-original-partition";
    /** On a dead letter: its offset, where known. */
    public static final String ORIGINAL_OFFSET = "mediasaga-original-offset";
    /** On a dead letter: its key; absent when it had none. */
    public static final String ORIGINAL_KEY = "mediasaga-original-key";
    /** On a dead letter: how often it was attempted. */
    public static final String ATTEMPTS = "mediasaga-attempts";
    /** On a dead letter: why the first attempt failed. */
    public static final String FIRST_ERROR = "mediasaga-first-error";
    /** On a dead letter: why the last attempt failed. */
    public static final String LAST_ERROR = "mediasaga-last-error";
    /** On a dead letter: when it was given up, RFC 3339. */
    public static final String DEAD_AT = "mediasaga-dead-at";

    private Headers() {}
}
