package io.mediasaga.web;

import java.time.Instant;

/** Times that PostgreSQL, JSON and people's calendars agree on: those of the years 1 to 9999. */
public final class StorableTime {

    /** What to tell the sender, behind the name of what was sent. */
    public static final String WHY_NOT = "must be between the years 1 and 9999";

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant BEHIND_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private StorableTime() {}

    /** Whether it is one of them. */
    public static boolean is(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(BEHIND_LAST);
    }
}
