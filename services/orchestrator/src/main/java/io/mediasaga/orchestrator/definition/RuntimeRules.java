package io.mediasaga.orchestrator.definition;

import io.mediasaga.crd.definition.InvalidDefinitionException;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a definition has to fulfil beyond being valid: this orchestrator and the sagas that run have to live with it. */
final class RuntimeRules {

    /** Room for the envelope around a payload. */
    private static final int ENVELOPE_BYTES = 4096;

    private final DefinitionStore store;
    private final DefinitionCatalog catalog;
    private final int maxMessageBytes;

    RuntimeRules(DefinitionStore store, DefinitionCatalog catalog, int maxMessageBytes) {
        this.store = store;
        this.catalog = catalog;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** @throws InvalidDefinitionException with everything that is in the way */
    void check(String namespace, SagaDefinition definition) {
        List<Violation> violations = new ArrayList<>();
        messagesHaveToHoldTheData(definition, violations);
        runningSagasNeedTheirParticipants(namespace, definition, violations);
        if (!violations.isEmpty()) {
            throw new InvalidDefinitionException(definition.name(), violations);
        }
    }

    private void messagesHaveToHoldTheData(SagaDefinition definition, List<Violation> violations) {
        int most = maxMessageBytes - ENVELOPE_BYTES;
        if (definition.data().maxBytes() > most) {
            violations.add(new Violation(
                    "spec.data.maxBytes", 0,
                    "is " + definition.data().maxBytes() + ", more than a message can hold",
                    "make it at most " + most + ", or raise mediasaga.messaging.max-message-bytes everywhere"));
        }
    }

    private void runningSagasNeedTheirParticipants(
            String namespace, SagaDefinition definition, List<Violation> violations) {
        for (var active : store.activeSagas(namespace, definition.name())) {
            var key = new VersionKey(namespace, definition.name(), active.version());
            var gone = new TreeSet<>(catalog.pinned(key).definition().participants());
            gone.removeAll(definition.participants());
            for (String participant : gone) {
                violations.add(new Violation(
                        "spec.participants", 0,
                        "does without " + participant + ", which " + active.count() + " running sagas of version "
                                + active.version() + " need",
                        "keep it in a step until they have ended, or cancel them"));
            }
        }
    }
}
