package io.mediasaga.standalone.verify.audit;

import java.util.Set;

/**
 * What the run has done to a saga.
 *
 * @param accepted whether its start was answered by success
 * @param mustFail whether something was made to fail for good, so that it cannot be completed
 * @param mayHold whether something was made to fail for good where the definition says that a person is to look
 * @param dying steps, as on the wire, whose commands have to become dead letters if they are sent
 */
public record Expected(String sagaId, boolean accepted, boolean mustFail, boolean mayHold, Set<String> dying) {}
