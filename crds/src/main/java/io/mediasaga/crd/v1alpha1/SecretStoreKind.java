package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the External Secrets operator finds a store. */
public enum SecretStoreKind {
    /** In the MediaSaga's namespace. */
    @JsonProperty("SecretStore")
    SECRET_STORE,
    /** In the cluster. */
    @JsonProperty("ClusterSecretStore")
    CLUSTER_SECRET_STORE
}
