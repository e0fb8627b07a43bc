package io.mediasaga.standalone.verify;

import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.crd.v1alpha1.OnExhausted;
import io.mediasaga.messaging.chaos.StepFault;
import java.util.List;

/**
 * What one saga meets.
 *
 * @param number counts the sagas of the run from 0
 * @param id of the saga
 * @param owner of its asset
 * @param upload what the client does
 * @param cancelAfterMillis when an operator cancels it; -1 for never
 * @param faults of its steps, in their order
 */
record SagaPlan(int number, String id, String owner, Upload upload, int cancelAfterMillis, List<Fault> faults) {

    /** What the client does when the platform is ready for its file. */
    enum Upload {
        GOOD,
        WRONG_CHECKSUM,
        NONE
    }

    /** What is made to go wrong with a step. */
    record Fault(ResolvedStep step, StepFault fault) {
        boolean dies() {
            return fault == StepFault.DIES;
        }

        boolean holds() {
            return fault.isPermanent() && step.onExhausted() == OnExhausted.HOLD;
        }
    }

    /** Whether it cannot be completed, because something fails for good that makes it turn back. */
    boolean mustFail() {
        return upload != Upload.GOOD || faults.stream().anyMatch(fault -> fault.fault().isPermanent() && !fault.holds());
    }

    /** Whether the definition wants it to wait for a person. */
    boolean mayHold() {
        return faults.stream().anyMatch(Fault::holds);
    }

    boolean isCancelled() {
        return cancelAfterMillis >= 0;
    }
}
