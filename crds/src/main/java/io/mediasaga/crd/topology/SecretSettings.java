package io.mediasaga.crd.topology;

import io.mediasaga.crd.definition.Durations;
import io.mediasaga.crd.v1alpha1.SecretStoreKind;
import io.mediasaga.crd.v1alpha1.Secrets;
import java.time.Duration;
import java.util.Objects;

/**
 * Where credentials come from.
 *
 * @param store the name of the External Secrets store
 * @param storeKind whether it belongs to the namespace or to the cluster
 * @param path where in the store the participants' entries are
 * @param refreshInterval how often the store is asked
 */
public record SecretSettings(String store, SecretStoreKind storeKind, String path, Duration refreshInterval) {

    static SecretSettings of(Secrets secrets) {
        return new SecretSettings(
                Objects.requireNonNullElse(secrets.store(), "vault"),
                Objects.requireNonNullElse(secrets.storeKind(), SecretStoreKind.CLUSTER_SECRET_STORE),
                Objects.requireNonNullElse(secrets.path(), "mediasaga"),
                Durations.parse(Objects.requireNonNullElse(secrets.refreshInterval(), "1m")));
    }
}
