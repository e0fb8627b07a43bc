package io.mediasaga.messaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which command a {@link CommandHandler}, {@link BatchCommandHandler} or {@link LongCommandHandler} bean carries out, and where
 * its replies go.
 *
 * <p>The failure reply is sent for an {@link Outcome.Failure} and when the library gives up on a message that keeps
 * failing, so that the saga need not wait for its timeout.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Handles {

    /** The topic that the command arrives on. */
    String topic();

    /** The envelope's {@code type}. */
    String type();

    /** Where and as what success is told. */
    Reply success();

    /** Where and as what failure is told. */
    Reply failure();

    /**
     * For a compensation: the step (upper snake case) that it undoes when the envelope does not name one. A step that
     * has been compensated refuses its command when that arrives late. Empty for an ordinary command.
     */
    String compensates() default "";

    /** The newest {@code version} of the command that the handler understands; a newer one goes to dead letters. */
    int maxVersion() default 1;

    /** Topic and type of a reply. */
    @Documented
    @Target({})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Reply {
        /** The topic of the reply. */
        String topic();

        /** The {@code type} of the reply. */
        String type();
    }
}
