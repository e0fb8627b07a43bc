package io.mediasaga.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps media files as objects under {@link MediaKey keys}, the same for every replica of every service.
 *
 * <p>An object is seen whole or not at all, and is durable when the method that wrote it returns. Safe for use from several
 * threads and processes. Never call it inside a database transaction: it may take long. Methods throw
 * {@link java.io.IOException} when the store cannot be reached or refuses.
 */
public interface MediaStore {

    /**
     * Writes an object, in place of one that is there. The caller closes the stream.
     *
     * @throws StorageFullException when there is no room
     */
    StoredObject write(MediaKey key, InputStream content) throws IOException;

    /**
     * Writes an object from a file, in place of one that is there.
     *
     * @throws StorageFullException when there is no room
     */
    StoredObject write(MediaKey key, Path file) throws IOException;

    /**
     * Writes a small object in as few steps as there are, unless there is one under the key. Nobody may read it before this has
     * answered: until then, and where it never does, there may be a part of it only.
     *
     * @return false, and nothing was done, when there is one; also where the store cannot tell in one step
     * @throws StorageFullException when there is no room
     */
    default boolean create(MediaKey key, byte[] content) throws IOException {
        return false;
    }

    /** Whether {@link #create} ever writes. */
    default boolean creates() {
        return false;
    }

    /** The object, when there is one. Unfinished ones are not seen. */
    Optional<StoredObject> find(MediaKey key) throws IOException;

    /** Whether there is an object under the key. */
    default boolean exists(MediaKey key) throws IOException {
        return find(key).isPresent();
    }

    /**
     * Opens an object for reading.
     *
     * @throws ObjectNotFoundException when there is none
     */
    default InputStream open(MediaKey key) throws IOException {
        return open(key, 0, Long.MAX_VALUE);
    }

    /**
     * Opens a part of an object for reading: from the offset, at most that many bytes; empty beyond its end.
     *
     * @throws ObjectNotFoundException when there is none
     */
    InputStream open(MediaKey key, long offset, long length) throws IOException;

    /** Shows every object below the folder, in no order. */
    void forEach(MediaKey folder, Consumer<StoredObject> action) throws IOException;

    /** Shows every object that lies directly in the folder, in no order. */
    default void forEachDirectlyIn(MediaKey folder, Consumer<StoredObject> action) throws IOException {
        forEach(folder, object -> {
            if (object.key().childIn(folder).equals(object.key())) {
                action.accept(object);
            }
        });
    }

    /** Every object below the folder, ordered by key. For folders of known size; else {@link #forEach}. */
    default List<StoredObject> list(MediaKey folder) throws IOException {
        List<StoredObject> found = new ArrayList<>();
        forEach(folder, found::add);
        found.sort(Comparator.comparing(StoredObject::key));
        return found;
    }

    /** Shows the folders that lie directly in the folder and hold objects, or unfinished ones in a file system; in no order. */
    void forEachFolder(MediaKey folder, Consumer<MediaKey> action) throws IOException;

    /**
     * Shows what has not become an object below the folder and is not seen by {@link #forEachFolder} either, in no order. In a file
     * system that is nothing.
     */
    default void forEachUnfinished(MediaKey folder, Consumer<Unfinished> action) throws IOException {}

    /** Deletes the object, if there is one. */
    void delete(MediaKey key) throws IOException;

    /**
     * Deletes everything below the folder, unfinished objects too.
     *
     * @return how many objects it deleted
     */
    int deleteAll(MediaKey folder) throws IOException;

    /**
     * The object as a file, for tools such as FFmpeg: the file itself, or a temporary copy.
     *
     * @param scratch where a copy goes; the caller's own folder
     * @throws ObjectNotFoundException when there is none
     * @throws StorageFullException when there is no room for a copy
     */
    LocalFile local(MediaKey key, Path scratch) throws IOException;

    /**
     * Copies an object inside the store, in place of one that is there.
     *
     * @throws ObjectNotFoundException when there is none
     */
    StoredObject copy(MediaKey from, MediaKey to) throws IOException;

    /**
     * Whether {@link #copy} only gives an object a second name, so that it takes milliseconds whatever the size, as does looking
     * for an object.
     */
    default boolean copiesByName() {
        return false;
    }

    /**
     * Writes every file of a local folder, with its subfolders, below a folder of the store; durable on return. Each object is
     * whole, the folder as such appears bit by bit. Links are refused.
     *
     * @return what was written, ordered by key
     * @throws IllegalArgumentException when a file's name is no part of a key
     * @throws StorageFullException when there is no room
     */
    List<StoredObject> copyIn(Path source, MediaKey folder) throws IOException;

    /**
     * Opens an unfinished object to append to it, after what the state holds.
     *
     * <p>There is one writer at a time. The epoch tells writers apart: who takes over from a writer that may still be alive
     * passes a greater one than that writer, so what the other writes late lands beside and does no harm.
     *
     * @param state what is durable, {@link AppendState#EMPTY} at first
     * @param epoch of the writer, growing, from 1
     */
    AppendSession append(MediaKey key, AppendState state, long epoch) throws IOException;

    /**
     * Makes the object of what the state holds. May be repeated: when it has been done, it is left as it is.
     *
     * @throws ObjectNotFoundException when what the state names is gone
     */
    StoredObject finish(MediaKey key, AppendState state) throws IOException;

    /** Deletes the object and all that appending to it has left, if there is anything. */
    void discard(MediaKey key, AppendState state) throws IOException;
}
