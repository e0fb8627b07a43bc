package io.mediasaga.web.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The roles of which a caller needs one. A method's rule goes before that of its class. Every method that answers requests has a rule or
 * is {@link Open}; a service with one that has neither does not start.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Needs {

    /** One of these is enough. */
    Role[] value();
}
