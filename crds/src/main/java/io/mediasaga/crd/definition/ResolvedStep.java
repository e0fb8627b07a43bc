package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.OnExhausted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step as it is run.
 *
 * @param name PascalCase
 * @param wireName the same in upper snake case, as in messages
 * @param participant who carries it out
 * @param command what is sent; {@code null} for a step that waits for somebody else's doing
 * @param success what says that it is done
 * @param failure what says that it could not be done; {@code null} when only the timeout ends an attempt
 * @param timeout how long one attempt may take
 * @param retry how often it is tried; once for a step without command
 * @param compensation what undoes it; {@code null} when there is nothing to undo or no way back
 * @param nothingToUndo why there is nothing to undo; {@code null} unless the definition says so
 * @param pivot whether after its success there is no way back
 * @param onExhausted what happens when no attempt is left
 */
public record ResolvedStep(
        String name,
        String wireName,
        String participant,
        @Nullable ResolvedCommand command,
        ResolvedReply success,
        @Nullable ResolvedReply failure,
        Duration timeout,
        RetryPolicy retry,
        @Nullable ResolvedCompensation compensation,
        @Nullable String nothingToUndo,
        boolean pivot,
        OnExhausted onExhausted) {

    /** The command and that of the compensation, as far as there are such. */
    public List<ResolvedCommand> commands() {
        List<ResolvedCommand> commands = new ArrayList<>();
        if (command != null) {
            commands.add(command);
        }
        if (compensation != null) {
            commands.add(compensation.command());
        }
        return commands;
    }

    /** Every reply, those of the compensation included. */
    public List<ResolvedReply> replies() {
        List<ResolvedReply> replies = new ArrayList<>();
        replies.add(success);
        if (failure != null) {
            replies.add(failure);
        }
        if (compensation != null) {
            replies.add(compensation.success());
            if (compensation.failure() != null) {
                replies.add(compensation.failure());
            }
        }
        return replies;
    }

    @Nullable ReplyMatch match(int index, String topic, String type, @Nullable String step) {
        if (wireName.equals(step)) {
            return outcome(index, false, success, failure, topic, type);
        }
        if (compensation != null && compensation.wireName().equals(step)) {
            return outcome(index, true, compensation.success(), compensation.failure(), topic, type);
        }
        return null;
    }

    private static @Nullable ReplyMatch outcome(
            int index,
            boolean compensation,
            ResolvedReply success,
            @Nullable ResolvedReply failure,
            String topic,
            String type) {
        if (success.is(topic, type)) {
            return new ReplyMatch(index, compensation, true, success);
        }
        if (failure != null && failure.is(topic, type)) {
            return new ReplyMatch(index, compensation, false, failure);
        }
        return null;
    }
}
