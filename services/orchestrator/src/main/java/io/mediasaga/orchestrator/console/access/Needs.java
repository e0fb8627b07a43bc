package io.mediasaga.orchestrator.console.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The role without which a page or a form of the console is refused; {@link Role#VIEWER} where it is absent. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Needs {

    /** The role. */
    Role value();
}
