package io.mediasaga.orchestrator.engine;

/** The pivot: once it has succeeded, or may have, a saga only goes forward. */
final class PointOfNoReturn {

    private static final int NONE = -1;

    private PointOfNoReturn() {}

    /** Whether the pivot certainly has not happened and is not just happening. */
    static boolean canTurnBack(Draft saga) {
        int pivot = saga.definition.pivotIndex().orElse(NONE);
        return pivot == NONE || !(passed(saga, pivot) || saga.stepState(pivot).happened() || underWay(saga, pivot));
    }

    /** Whether the saga is at the pivot, and that may have happened or not. */
    static boolean isUncertain(Draft saga) {
        int pivot = saga.definition.pivotIndex().orElse(NONE);
        return pivot != NONE
                && saga.current().step() == pivot
                && saga.stepState(pivot).happened()
                && !passed(saga, pivot);
    }

    /** Whether the pivot has succeeded for sure, or an operator has said so. */
    static boolean passed(Draft saga) {
        int pivot = saga.definition.pivotIndex().orElse(NONE);
        return pivot != NONE && passed(saga, pivot);
    }

    private static boolean passed(Draft saga, int pivot) {
        KeptReply kept = saga.keptFor(pivot, false);
        return saga.stepState(pivot).passed() || (kept != null && kept.success());
    }

    private static boolean underWay(Draft saga, int pivot) {
        Activity at = saga.activity;
        return at != null && at.step() == pivot && at.inFlight();
    }
}
