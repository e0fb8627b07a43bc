package io.mediasaga.ingest.support;

import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.MediaStores;
import io.mediasaga.storage.StorageFullException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Set;

/** A store in a folder whose room can be taken away, and whose last step can be made to fail. */
public final class SwitchableStore {

    private static final Set<String> WRITING = Set.of("write", "create", "append");

    private final MediaStore real;
    private volatile boolean full;
    private volatile boolean brokenAtTheEnd;

    public SwitchableStore(Path folder) throws IOException {
        real = MediaStores.inFolder(folder);
    }

    public void full(boolean now) {
        full = now;
    }

    public void brokenAtTheEnd(boolean now) {
        brokenAtTheEnd = now;
    }

    public MediaStore asStore() {
        return (MediaStore) Proxy.newProxyInstance(
                MediaStore.class.getClassLoader(), new Class<?>[] {MediaStore.class}, (proxy, method, arguments) -> {
                    if (full && WRITING.contains(method.getName())) {
                        throw new StorageFullException("full for this test", null);
                    }
                    if (brokenAtTheEnd && method.getName().equals("finish")) {
                        throw new IOException("broken for this test");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
