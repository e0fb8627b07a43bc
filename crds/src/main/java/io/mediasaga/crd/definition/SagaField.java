package io.mediasaga.crd.definition;

import java.util.Locale;

/** What a command can be told of the saga itself, beside the saga's data. Written {@code saga.reason} and so on. */
public enum SagaField {
    /** The identity of the saga. */
    ID,
    /** Why it is being undone, in plain words; absent while it goes forward. */
    REASON,
    /** The step that made it be undone, upper snake case; absent while it goes forward. */
    FAILED_STEP,
    /** When it has to be done, RFC 3339. */
    DEADLINE,
    /** The request that began it. */
    REQUEST_ID;

    static final String PREFIX = "saga.";

    /** Its last part, and so its name in a payload unless renamed: {@code failed_step}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SagaField of(String written) {
        for (SagaField field : values()) {
            if (written.equals(PREFIX + field.key())) {
                return field;
            }
        }
        throw new IllegalArgumentException("'" + written + "' is nothing that a saga knows of itself; there are "
                + "saga.id, saga.reason, saga.failed_step, saga.deadline and saga.request_id");
    }
}
