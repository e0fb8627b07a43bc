package io.mediasaga.operator.status;

import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import java.util.ArrayList;
import java.util.List;

/** Whether all participants run with their latest credentials. */
final class SecretsAspect {

    /** It goes on with what it has, and has nothing newer. */
    static final String REFRESH_FAILING = "RefreshFailing";

    private SecretsAspect() {}

    static Aspect of(Findings findings) {
        var refusals = Aspects.refusals(findings.applied(), Aspects.SECRET_KINDS);
        if (!refusals.isEmpty()) {
            return Aspect.bad("Refused", Aspects.few(refusals));
        }
        if (!findings.secrets().isEmpty()) {
            return Aspect.bad("SecretMissing", Aspects.few(Aspects.texts(findings.secrets())));
        }
        Plan plan = findings.plan();
        List<String> waiting = new ArrayList<>();
        List<String> rolling = new ArrayList<>();
        for (ParticipantPlan participant : plan.owned()) {
            var wanted = plan.observed().credentials().get(participant.name());
            var rollout = plan.observed().rollouts().get(participant.name());
            if (wanted == null || rollout == null || rollout.credentials() == null) {
                continue;
            }
            boolean there = wanted.hash().equals(rollout.credentials());
            if (there && rollout.overdue()) {
                return Aspect.bad(
                        "RotationHalted",
                        participant.name() + " does not become ready with its new credentials; its old pods go on with the old "
                                + "ones, and no other participant changes: its new pods say why, kubectl -n " + plan.id().namespace()
                                + " logs -l " + Names.PARTICIPANT + "=" + participant.name() + " --prefix");
            }
            if (!there && !wanted.hash().equals(participant.credentials())) {
                waiting.add(participant.name());
            } else if (!there || rollout.oldPods() > 0) {
                rolling.add(participant.name());
            }
        }
        if (!rolling.isEmpty() || !waiting.isEmpty()) {
            return Aspect.pending(
                    "Rotating",
                    String.join(", ", rolling.isEmpty() ? List.of("nobody") : rolling) + " changes to new credentials"
                            + (waiting.isEmpty() ? "" : "; " + String.join(", ", waiting) + " after it"));
        }
        if (!findings.staleSecrets().isEmpty()) {
            return Aspect.worrying(
                    REFRESH_FAILING,
                    "All participants run with the credentials that they have; new ones cannot be fetched: "
                            + Aspects.few(Aspects.texts(findings.staleSecrets())));
        }
        return Aspect.good("Ready", plan.owned().stream().anyMatch(participant -> participant.credentials() != null)
                ? "All participants run with their latest credentials"
                : "No credentials are needed");
    }
}
