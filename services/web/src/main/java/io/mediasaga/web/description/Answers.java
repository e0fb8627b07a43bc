package io.mediasaga.web.description;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** With which statuses a method answers, for the description of the API, where that does not follow from the method itself. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Answers {

    /** The statuses of success. */
    int[] value() default 200;

    /** The statuses of refusals that come on top of those that every method with such a rule, such parameters and such a body has. */
    int[] refusals() default {};

    /** Headers of a success, besides the request's id. */
    String[] headers() default {};

    /** Whether the method is open only because it looks at tokens by itself. */
    boolean asksForToken() default false;
}
