package io.mediasaga.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes into the file of one epoch. */
final class FileAppendSession implements AppendSession {

    private static final long CHECK_ROOM_EVERY = 4L << 20;

    private final FileSegments segments;
    private final long epoch;
    private final Room room;
    private final Durable durable;
    private final FileChannel channel;
    private final List<Path> unsynced = new ArrayList<>();
    private long position;
    private long checkRoomAt;

    FileAppendSession(Path file, FileSegments segments, long epoch, Room room, Durable durable)
            throws IOException {
        this.segments = segments;
        this.epoch = epoch;
        this.room = room;
        this.durable = durable;
        this.position = segments.lengthOf(epoch);
        this.checkRoomAt = position;
        if (position == 0) {
            unsynced.add(file.getParent());
            unsynced.addAll(Durable.makeFolders(file.getParent()));
        }
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
        if (position >= checkRoomAt) {
            room.require(length);
            checkRoomAt = position + CHECK_ROOM_EVERY;
        }
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        } catch (IOException e) {
            throw Room.explain(e);
        }
    }

    @Override
    public AppendState sync() throws IOException {
        try {
            channel.force(false);
            durable.syncFolders(unsynced);
            unsynced.clear();
        } catch (IOException e) {
            throw Room.explain(e);
        }
        return segments.with(epoch, position);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
