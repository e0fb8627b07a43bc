package io.mediasaga.operator.apply;

import java.util.List;

/**
 * What became of bringing objects to the cluster.
 *
 * @param written how many were written
 * @param drifts what others had changed and was put right
 * @param refusals what could not be written
 */
public record Applied(int written, List<Drift> drifts, List<Refusal> refusals) {

    /** A change by somebody else. */
    public record Drift(Kind kind, String name, String field, String manager) {}

    /** An object that could not be written, and why. */
    public record Refusal(Kind kind, String name, String message) {}
}
