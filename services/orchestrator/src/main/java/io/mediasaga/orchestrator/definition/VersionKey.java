package io.mediasaga.orchestrator.definition;

/** One version of one definition. Never means anything else than it once did. */
public record VersionKey(String namespace, String name, int version) {
    @Override
    public String toString() {
        return namespace + "/" + name + " version " + version;
    }
}
