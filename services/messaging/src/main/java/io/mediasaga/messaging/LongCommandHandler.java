package io.mediasaga.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Carries out one kind of command that takes longer than a transaction may: work on files, external programs, HTTP. A bean
 * of this type needs {@link Handles}.
 *
 * <p>The command becomes a durable unit of work under a lease that is renewed while the handler runs. When the process
 * dies the work is run again elsewhere, so {@link #run} has to bear being repeated; a worker that lost its lease has its
 * outcome thrown away. A compensation of the step cancels the work, and long work of the compensation starts only after
 * the cancelled one has stopped or its lease has run out.
 *
 * @param <P> the payload, as in {@link CommandHandler}
 */
@FunctionalInterface
public interface LongCommandHandler<P> {

    /**
     * Carries out the command outside of any transaction. Effects in the database belong into
     * {@link Outcome.Success#inTransaction}, which commits together with the reply.
     *
     * @throws InvalidPayloadException when the payload can never be handled; no further attempt is made
     * @throws AwayException when something that the handler needs does not answer; it is tried again, and does not count as an attempt
     * @throws Exception anything else: the work is tried again later, as with {@link CommandHandler}
     */
    Outcome run(Command<P> command, Work work) throws Exception;

    /**
     * Carries the command out at once where it is short after all (tens of milliseconds), which spares the lease: outside of any
     * transaction, before that of the batch that it came in, and side by side with the others of the batch.
     *
     * <p>Nobody has looked yet whether the command comes for the first time, or too late: the outcome is dropped when it does, or
     * when the process dies. So this may leave behind only what does no harm when it is done twice or for nothing, and what the
     * compensation removes.
     *
     * @return the outcome, or {@code null} to have the command become work for {@link #run}
     * @throws Exception anything: the command becomes work
     */
    default @Nullable Outcome atOnce(Command<P> command) throws Exception {
        return null;
    }
}
