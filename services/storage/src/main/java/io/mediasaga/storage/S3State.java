package io.mediasaga.storage;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Collectors;

/**
 * Where the durable bytes of an unfinished object are: {@code epoch;parts;tail;tail before;upload id}, as in
 * {@code 1;1-3,20;1-1024;1-512;abc}. The tail, less than a part may have, is an object of its own, named by epoch and size of the
 * whole. The one before counts until the caller has kept the new state, so it is deleted only after that.
 *
 * @param size durable bytes
 * @param epoch of the last writer; 0 at first
 * @param parts numbers of the parts
 * @param tail end of the tail's name; empty for none
 * @param oldTail end of the name of the tail before; empty for none
 * @param uploadId of the multipart upload; empty before its first part
 */
record S3State(long size, long epoch, BitSet parts, String tail, String oldTail, String uploadId) {

    static S3State parse(AppendState state) {
        if (state.detail().isEmpty()) {
            return new S3State(0, 0, new BitSet(), "", "", "");
        }
        String[] fields = state.detail().split(";", 5);
        BitSet parts = new BitSet();
        Arrays.stream(fields[1].split(",")).filter(range -> !range.isEmpty()).forEach(range -> {
            String[] ends = range.split("-");
            parts.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        });
        return new S3State(state.size(), Long.parseLong(fields[0]), parts, fields[2], fields[3], fields[4]);
    }

    AppendState toState() {
        return new AppendState(size, epoch + ";" + ranges() + ";" + tail + ";" + oldTail + ";" + uploadId);
    }

    /** The name beside the object under which a tail is kept. */
    static String tailName(String name, String tail) {
        int slash = name.lastIndexOf('/') + 1;
        return name.substring(0, slash) + Durable.HIDDEN + name.substring(slash) + ".tail-" + tail;
    }

    private String ranges() {
        return parts.stream()
                .filter(number -> number == 0 || !parts.get(number - 1))
                .mapToObj(from -> {
                    int to = parts.nextClearBit(from) - 1;
                    return from == to ? Integer.toString(from) : from + "-" + to;
                })
                .collect(Collectors.joining(","));
    }
}
