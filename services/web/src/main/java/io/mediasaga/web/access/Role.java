package io.mediasaga.web.access;

import java.util.Locale;

/** What a person may do. */
public enum Role {
    /** Looks at everything and changes nothing. */
    VIEWER,
    /** Looks, steers sagas, sends dead letters again, changes definitions and quotas. */
    OPERATOR,
    /** Starts sagas, sends their files and looks at them, as far as they belong to an owner of the person's own. */
    UPLOADER;

    /** As settings and messages name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
