package io.mediasaga.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Function;

/**
 * Unfinished objects of a file system. Each writer's epoch has a hidden file of its own beside the object, so a writer that
 * comes too late writes into a file whose durable length has been noted already. Nearly always there is one file, and finishing
 * moves it to the object's name; after a takeover there are several, and finishing joins them.
 */
final class FileAppends {

    private final Function<MediaKey, Path> paths;
    private final Room room;
    private final Durable durable;

    FileAppends(Function<MediaKey, Path> paths, Room room, Durable durable) {
        this.paths = paths;
        this.room = room;
        this.durable = durable;
    }

    AppendSession open(MediaKey key, AppendState state, long epoch) throws IOException {
        room.require(0);
        FileSegments segments = FileSegments.parse(state);
        Path file = segmentFile(key, epoch);
        long from = segments.lengthOf(epoch);
        if (from > 0) {
            long there = Files.exists(file) ? Files.size(file) : 0;
            if (there < from) {
                throw new IOException("The unfinished object " + key.uri() + " has lost bytes: " + there + " of " + from
                        + " are there. Begin its upload anew");
            }
            // What was never acknowledged is not to stand in the middle later.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(from);
            }
        }
        return new FileAppendSession(file, segments, epoch, room, durable);
    }

    void finish(MediaKey key, AppendState state) throws IOException {
        List<FileSegments.Segment> segments = FileSegments.parse(state).list();
        Path target = paths.apply(key);
        try {
            if (segments.isEmpty()) {
                durable.replace(target, file -> Durable.write(file, InputStream.nullInputStream()));
            } else if (segments.size() == 1) {
                moveOnly(key, segments.getFirst(), target);
            } else {
                room.require(state.size());
                durable.replace(target, file -> join(key, segments, file));
            }
        } catch (NoSuchFileException e) {
            throw new ObjectNotFoundException(key);
        } catch (IOException e) {
            throw Room.explain(e);
        }
        if (segments.size() > 1) {
            discard(key);
        }
    }

    void discard(MediaKey key) throws IOException {
        Path target = paths.apply(key);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(target.getParent(), file -> isPartOf(key, file))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Nothing is left of it.
        }
    }

    private void moveOnly(MediaKey key, FileSegments.Segment only, Path target) throws IOException {
        Path file = segmentFile(key, only.epoch());
        if (Files.size(file) != only.length()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(only.length());
                channel.force(true);
            }
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        durable.syncFolder(target.getParent());
    }

    private void join(MediaKey key, List<FileSegments.Segment> segments, Path file) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (FileSegments.Segment each : segments) {
                try (FileChannel in = FileChannel.open(segmentFile(key, each.epoch()), StandardOpenOption.READ)) {
                    for (long done = 0; done < each.length(); ) {
                        long moved = in.transferTo(done, each.length() - done, out);
                        if (moved <= 0) {
                            throw new IOException("The unfinished object " + key.uri() + " has lost bytes of epoch "
                                    + each.epoch() + ". Begin its upload anew");
                        }
                        done += moved;
                    }
                }
            }
            out.force(false);
        }
    }

    private Path segmentFile(MediaKey key, long epoch) {
        return paths.apply(key).resolveSibling(part(key) + epoch);
    }

    private static boolean isPartOf(MediaKey key, Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(part(key))
                && name.substring(part(key).length()).chars().allMatch(Character::isDigit);
    }

    private static String part(MediaKey key) {
        return Durable.HIDDEN + key.name() + ".part-";
    }
}
