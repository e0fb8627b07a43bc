package io.mediasaga.web.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Counts against a limit of each person; who is over it gets 429. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RateLimited {

    /** Which limit. */
    Limit value();

    /** What is limited for each person. */
    enum Limit {
        /** Starts of sagas. */
        STARTS("start sagas"),
        /** Tokens for uploads, and uploads that are begun without one. */
        UPLOADS("begin uploads");

        private final String words;

        Limit(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
