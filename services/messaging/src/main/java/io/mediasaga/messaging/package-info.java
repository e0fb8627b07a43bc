/**
 * What a participant is written against: {@link io.mediasaga.messaging.Handles handlers} with typed payloads, their
 * {@link io.mediasaga.messaging.Outcome outcomes}, and the {@link io.mediasaga.messaging.Outbox outbox}.
 *
 * <p>Kafka delivers at least once. What is promised on top of that: a handler's effect, the inbox row of its message and
 * the rows of what it sends commit in one transaction; a message handled once is not handled again; a command that
 * comes again under another message id gets the stored outcome again.
 */
@NullMarked
package io.mediasaga.messaging;

import org.jspecify.annotations.NullMarked;
