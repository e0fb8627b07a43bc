package io.mediasaga.publish;

import io.mediasaga.storage.MediaKey;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where things are reachable. An asset's id stands in its address as it is when it is plain; any other id, which might mislead
 * browsers or proxies, is replaced by {@code ~} and its hash, so addresses need no escaping and never meet.
 */
@Component
class Addresses {

    private static final MediaKey PUBLIC = MediaKey.of("public");

    private final String root;

    Addresses(PublishProperties properties, @Value("${server.servlet.context-path:}") String contextPath) {
        this.root = properties.baseUrl() + contextPath + "/";
    }

    /** The part of the address that stands for the asset. */
    static String slug(String assetId) {
        return PUBLIC.child(assetId).name();
    }

    /** The slug that a part of a requested address means: a slug itself, or an asset's id. */
    static String slugOfPart(String part) {
        return part.startsWith("~") ? part : slug(part);
    }

    /** Where the store keeps what runs of the saga's publishing made. */
    static MediaKey folder(String sagaId) {
        return PUBLIC.child(sagaId);
    }

    /** Where the store keeps what the saga has published. */
    static List<MediaKey> folders(String sagaId) {
        return List.of(folder(sagaId), folderAtOnce(sagaId));
    }

    /** A folder for one run of the saga's publishing; no two runs ever share one. */
    static MediaKey newFolder(String sagaId, long epoch) {
        return folder(sagaId).resolve(epoch + "-" + UUID.randomUUID().toString().substring(0, 8));
    }

    /** The folder for what the saga publishes without a run of its own. No id has such a name, and a folder less is to be made. */
    static MediaKey folderAtOnce(String sagaId) {
        return PUBLIC.resolve(folder(sagaId).name() + "~0");
    }

    /** The page that shows the asset. */
    String watch(String assetId) {
        return root + slug(assetId) + "/";
    }

    /** A file of the asset. */
    String file(String assetId, String file) {
        return watch(assetId) + file;
    }

    /** A file of the asset, when there is one. */
    @Nullable String optionalFile(String assetId, @Nullable String file) {
        return file == null ? null : file(assetId, file);
    }
}
