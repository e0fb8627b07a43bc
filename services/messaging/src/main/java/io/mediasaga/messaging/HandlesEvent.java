package io.mediasaga.messaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which event an {@link EventHandler} or {@link BatchEventHandler} bean listens to. Other types on the same topic are passed over. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface HandlesEvent {

    /** The topic that the event arrives on. */
    String topic();

    /** The envelope's {@code type}. */
    String type();
}
