package io.mediasaga.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files that an unfinished object is made of, as in {@code 1:4096,3:128}.
 *
 * @param list in their order
 */
record FileSegments(List<Segment> list) {

    /** The durable bytes that the writer of an epoch has written. */
    record Segment(long epoch, long length) {}

    static FileSegments parse(AppendState state) {
        if (state.detail().isEmpty()) {
            return new FileSegments(List.of());
        }
        List<Segment> list = new ArrayList<>();
        for (String each : state.detail().split(",")) {
            int colon = each.indexOf(':');
            list.add(new Segment(Long.parseLong(each, 0, colon, 10), Long.parseLong(each, colon + 1, each.length(), 10)));
        }
        return new FileSegments(List.copyOf(list));
    }

    /** What the epoch has written, when it is the last one; an earlier epoch cannot go on. */
    long lengthOf(long epoch) {
        if (list.isEmpty() || list.getLast().epoch() < epoch) {
            return 0;
        }
        if (list.getLast().epoch() > epoch) {
            throw new IllegalArgumentException("Epoch " + epoch + " is over: epoch " + list.getLast().epoch()
                    + " has written since");
        }
        return list.getLast().length();
    }

    /** With so many bytes in the file of the epoch. */
    AppendState with(long epoch, long length) {
        List<Segment> changed = new ArrayList<>(list);
        if (!changed.isEmpty() && changed.getLast().epoch() == epoch) {
            changed.removeLast();
        }
        if (length > 0) {
            changed.add(new Segment(epoch, length));
        }
        String detail = changed.stream()
                .map(each -> each.epoch() + ":" + each.length())
                .collect(Collectors.joining(","));
        return new AppendState(changed.stream().mapToLong(Segment::length).sum(), detail);
    }
}
