package io.mediasaga.crd.definition;

/**
 * What a message answers.
 *
 * @param step index of the step
 * @param compensation whether it answers the step's compensation instead of the step
 * @param success whether it says that it is done
 * @param reply the reply as defined, with the fields to keep
 */
public record ReplyMatch(int step, boolean compensation, boolean success, ResolvedReply reply) {}
