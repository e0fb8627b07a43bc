package io.mediasaga.orchestrator.definition;

import io.mediasaga.crd.definition.CanonicalDefinition;
import io.mediasaga.crd.definition.InvalidDefinitionException;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.messaging.config.MessagingProperties;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Accepts definitions and decides whether sagas can be started with them. */
@Service
class Definitions {

    private static final Logger log = LoggerFactory.getLogger(Definitions.class);

    private final DefinitionStore store;
    private final DefinitionCatalog catalog;
    private final TransactionOperations transactions;
    private final RuntimeRules rules;

    Definitions(
            DefinitionStore store,
            DefinitionCatalog catalog,
            TransactionOperations transactions,
            MessagingProperties messaging) {
        this.store = store;
        this.catalog = catalog;
        this.transactions = transactions;
        this.rules = new RuntimeRules(store, catalog, messaging.maxMessageBytes());
    }

    /**
     * What became of a definition that was put.
     *
     * @param created whether nobody has ever put one of that name
     */
    record Put(CurrentDefinition definition, boolean changed, boolean created) {}

    /**
     * Makes the definition the current one. Nothing changes when it is that already; a deleted one comes back, a
     * suspended one stays so.
     *
     * @throws InvalidDefinitionException when running sagas or this orchestrator cannot live with it
     */
    Put put(String namespace, SagaDefinition definition) {
        CanonicalDefinition canonical = CanonicalDefinition.of(definition);
        Put put = transactions.execute(status -> put(namespace, canonical));
        if (put.changed()) {
            log.info("Accepted definition {}", put.definition().key());
            catalog.refresh();
        }
        return put;
    }

    private Put put(String namespace, CanonicalDefinition canonical) {
        String name = canonical.definition().name();
        store.lock(namespace, name);
        Optional<CurrentDefinition> before = store.current(namespace, name);
        boolean same = before.isPresent()
                && before.get().hash().equals(canonical.hash())
                && before.get().state() != DefinitionState.DELETED;
        if (same) {
            return new Put(before.get(), false, false);
        }
        rules.check(namespace, canonical.definition());
        int version = store.version(namespace, name, canonical);
        DefinitionState state = before.map(CurrentDefinition::state)
                .filter(DefinitionState.SUSPENDED::equals)
                .orElse(DefinitionState.ACTIVE);
        store.makeCurrent(new VersionKey(namespace, name, version), canonical.hash(), state);
        return new Put(store.current(namespace, name).orElseThrow(), true, before.isEmpty());
    }

    Optional<CurrentDefinition> changeState(String namespace, String name, DefinitionState state) {
        Optional<CurrentDefinition> changed = transactions.execute(status -> {
            store.lock(namespace, name);
            store.changeState(namespace, name, state);
            return store.current(namespace, name);
        });
        catalog.refresh();
        return changed;
    }

    Optional<CurrentDefinition> find(String namespace, String name) {
        return store.current(namespace, name);
    }

    List<CurrentDefinition> all() {
        return store.all();
    }

    List<CurrentDefinition> versions(String namespace, String name) {
        return store.versions(namespace, name);
    }

    List<DefinitionStore.ActiveSagas> activeSagas(String namespace, String name) {
        return store.activeSagas(namespace, name);
    }
}
