package io.mediasaga.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Syncs the names in a folder that many write to: whoever comes while a sync is under way shares the next one, as transactions of
 * a database share a commit. Thread-safe.
 */
final class GroupSync {

    private final Path folder;
    private final AtomicLong asked = new AtomicLong();
    private final Lock syncing = new ReentrantLock();

    /** Everyone up to this number is served; guarded by the lock. */
    private long served;

    GroupSync(Path folder) {
        this.folder = folder;
    }

    /** Returns when names that were in the folder before are durable. */
    void sync() throws IOException {
        long mine = asked.incrementAndGet();
        syncing.lock();
        try {
            if (served < mine) {
                long all = asked.get();
                force(folder);
                served = all;
            }
        } finally {
            syncing.unlock();
        }
    }

    /** Syncs the names in any folder. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
