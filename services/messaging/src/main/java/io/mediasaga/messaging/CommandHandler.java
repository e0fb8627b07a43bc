package io.mediasaga.messaging;

/**
 * Carries out one kind of command inside one transaction. A bean of this type needs {@link Handles}.
 *
 * <p>The handler touches PostgreSQL only; anything longer is for a {@link LongCommandHandler}. It is called once for each
 * step of each saga, unless an earlier attempt ended in a {@link Outcome.Failure failure}; the library gives back the
 * stored outcome otherwise. An exception rolls everything back and the command is tried again later (after 1, 2, 4 and
 * 8 seconds), then it becomes a dead letter and the failure reply is sent. Called from several threads.
 *
 * @param <P> the payload: a record whose components are the payload's fields in snake case; unknown fields are ignored,
 *     absent ones are {@code null}
 */
@FunctionalInterface
public interface CommandHandler<P> {

    /**
     * Carries out the command.
     *
     * @throws InvalidPayloadException when the payload can never be handled; no further attempt is made
     */
    Outcome handle(Command<P> command);
}
