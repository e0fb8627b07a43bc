package io.mediasaga.standalone.verify;

import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.messaging.chaos.ChaosPlan;
import io.mediasaga.messaging.chaos.StepFault;
import io.mediasaga.standalone.verify.SagaPlan.Upload;
import io.mediasaga.standalone.verify.VerifyOptions.Mode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What each saga of the run meets: a pure function of the seed. Immutable. */
final class Plan {

    private static final double FAIL_SHARE = 0.04;
    private static final double PERMANENT_SHARE = 0.2;
    private static final double DROP_SHARE = 0.05;
    private static final double DELAY_SHARE = 0.02;
    private static final Duration DELAY = Duration.ofSeconds(20);
    private static final double DUPLICATE_SHARE = 0.05;
    private static final double STALE_SHARE = 0.03;
    private static final double STALE_SECONDS = 40;
    private static final double NO_UPLOAD_SHARE = 0.004;
    private static final double BAD_UPLOAD_SHARE = 0.006;
    private static final double CANCEL_SHARE = 0.01;
    private static final int CANCEL_WITHIN_MILLIS = 3000;
    private static final int OWNERS = 200;

    private final VerifyOptions options;
    private final SagaDefinition definition;
    private final ChaosPlan chaos;

    Plan(VerifyOptions options, SagaDefinition definition) {
        this.options = options;
        this.definition = definition;
        this.chaos = new ChaosPlan(
                options.seed() == 0 ? 1 : options.seed(),
                options.has(FaultKind.DROP) ? DROP_SHARE : 0,
                options.has(FaultKind.DELAY) ? DELAY_SHARE : 0,
                DELAY,
                options.has(FaultKind.STEPS) ? FAIL_SHARE : 0,
                options.mode() == Mode.PRODUCT ? PERMANENT_SHARE : 0);
    }

    /** What the services do to messages and steps. */
    ChaosPlan chaos() {
        return chaos;
    }

    SagaDefinition definition() {
        return definition;
    }

    int sagas() {
        return options.sagas();
    }

    /** The saga of that number. */
    SagaPlan saga(int number) {
        String id = UUID.nameUUIDFromBytes((options.seed() + "/" + number).getBytes(StandardCharsets.UTF_8)).toString();
        boolean fails = chaos.failShare() > 0 && chaos.permanentShare() > 0;
        Upload upload = fails ? upload(chaos.chance("upload", id)) : Upload.GOOD;
        boolean cancelled = fails && chaos.chance("cancel", id) < CANCEL_SHARE;
        int cancelAfter = cancelled ? (int) (chaos.chance("when", id) * CANCEL_WITHIN_MILLIS) : -1;
        return new SagaPlan(number, id, "verify-" + number % OWNERS, upload, cancelAfter, faults(id));
    }

    private static Upload upload(double chance) {
        return chance < NO_UPLOAD_SHARE ? Upload.NONE
                : chance < NO_UPLOAD_SHARE + BAD_UPLOAD_SHARE ? Upload.WRONG_CHECKSUM : Upload.GOOD;
    }

    private List<SagaPlan.Fault> faults(String sagaId) {
        List<SagaPlan.Fault> faults = new ArrayList<>();
        for (ResolvedStep step : definition.steps()) {
            StepFault fault = step.command() == null ? StepFault.NONE : chaos.fault(sagaId, step.wireName());
            if (fault != StepFault.NONE) {
                faults.add(new SagaPlan.Fault(step, fault));
            }
        }
        return faults;
    }

    /** How many copies of the message are sent at once. */
    int duplicates(String topic, String sagaId, String step) {
        return options.has(FaultKind.DUPLICATES) && chaos.chance("twice", topic, sagaId, step) < DUPLICATE_SHARE ? 1 : 0;
    }

    /** After how long an old copy of the message comes again; zero for never. */
    Duration comesAgain(String topic, String sagaId, String step) {
        double chance = chaos.chance("again", topic, sagaId, step);
        return options.has(FaultKind.REORDER) && chance < STALE_SHARE
                ? Duration.ofMillis((long) (500 + STALE_SECONDS * 1000 * chance / STALE_SHARE))
                : Duration.ZERO;
    }
}
