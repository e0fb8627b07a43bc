package io.mediasaga.crd.v1alpha1;

/** Bounds and forms of a spec's fields. Everything is bounded, so that the API server can price the rules. */
public final class Limits {

    public static final int STEPS = 50;
    public static final int PARTICIPANTS = 30;
    public static final int FIELDS = 100;
    public static final int KEYS = 10;
    public static final int TOPICS = 50;
    public static final int ENVIRONMENT = 50;
    public static final int REPLICAS = 1000;
    public static final int PARTITIONS = 1000;

    /** What is meant when nothing is said. */
    public static final int DEFAULT_PARTITIONS = 12;

    public static final int DEFAULT_COPIES = 3;
    public static final int DEFAULT_PORT = 8080;

    /** Longest name of a participant: what derives from it (a Deployment, a Kafka user) stays a legal name. */
    public static final int PARTICIPANT_NAME = 40;

    public static final int STEP_NAME = 50;
    public static final int TYPE_NAME = 64;
    public static final int TOPIC_NAME = 249;
    public static final int FIELD_NAME = 64;

    /** {@code field as other}, the longest. */
    public static final int PAYLOAD_ENTRY = 2 * FIELD_NAME + 4;

    public static final int DURATION_TEXT = 20;
    public static final int LONGEST_TEXT = 500;
    public static final int SHORT_TEXT = 253;

    /** Durations: numbers with units, as in {@code 500ms}, {@code 30s}, {@code 1h30m}, {@code 7d}. */
    public static final String DURATION = "^([0-9]{1,6}(ms|s|m|h|d)){1,4}$";

    public static final String DNS_LABEL = "^[a-z]([-a-z0-9]*[a-z0-9])?$";
    public static final String PASCAL_CASE = "^[A-Z][A-Za-z0-9]*$";
    /** What Kafka allows, and not dots alone. */
    public static final String TOPIC = "^[a-zA-Z0-9._-]*[a-zA-Z0-9_-][a-zA-Z0-9._-]*$";
    /** A field of the data, or the name of an environment variable. */
    public static final String FIELD = "^[A-Za-z_][A-Za-z0-9_]*$";

    /** A field kept from a reply, with another name if need be. */
    public static final String KEPT_FIELD = "^[A-Za-z_][A-Za-z0-9_]*( as [A-Za-z_][A-Za-z0-9_]*)?$";

    /** A field of a command's payload: of the saga's data or of the saga itself, with another name if need be. */
    public static final String PAYLOAD_FIELD =
            "^(saga\\.(id|reason|failed_step|deadline|request_id)|[A-Za-z_][A-Za-z0-9_]*)( as [A-Za-z_][A-Za-z0-9_]*)?$";

    public static final String PATH = "^/[A-Za-z0-9._~/-]*$";
    public static final String QUANTITY = "^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$";
    public static final String NOT_BLANK = "\\S";

    private Limits() {}
}
