package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.outbox.OutboxRow.Lane;
import io.mediasaga.messaging.outbox.OutboxStore.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/** Finds the rows that the relay has to send now. Not thread-safe. */
final class DueRows {

    private static final int PER_BUCKET = 200;
    private static final int MAX_PAGES = 50;
    private static final long MAX_BYTES = 8L * 1024 * 1024;

    private final OutboxStore store;
    private final Dispatcher dispatcher;
    private final TopicGate gate;
    private boolean anyBehindOthers;

    DueRows(OutboxStore store, Dispatcher dispatcher, TopicGate gate) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.gate = gate;
    }

    /** Whether the last search left out rows because older ones of their topic and key are under way. */
    boolean anyBehindOthers() {
        return anyBehindOthers;
    }

    /** The topics that are not there. Thread-safe. */
    List<String> closedTopics() {
        return gate.closedTopics();
    }

    /**
     * Contiguous runs of rows from the oldest of each topic and key on, without those of which a row is being sent already,
     * here or by its writer; no more than fit into memory.
     */
    List<OutboxRow> find(Short[] buckets) {
        anyBehindOthers = false;
        if (buckets.length == 0) {
            return List.of();
        }
        String[] closed = gate.closedTopics().toArray(String[]::new);
        var after = new HashMap<Short, Long>();
        var blocked = new HashSet<Lane>();
        var due = new ArrayList<Candidate>();
        for (int pages = 0; pages < MAX_PAGES && due.isEmpty(); pages++) {
            Long[] cursor =
                    Arrays.stream(buckets).map(b -> after.getOrDefault(b, 0L)).toArray(Long[]::new);
            List<Candidate> page = store.page(buckets, cursor, closed, PER_BUCKET);
            page.forEach(candidate -> after.put(candidate.row().bucket(), candidate.row().id()));
            select(page, blocked, due);
            if (page.size() < PER_BUCKET) {
                break;
            }
        }
        return due.isEmpty() ? List.of() : store.load(due);
    }

    private void select(List<Candidate> page, HashSet<Lane> blocked, List<Candidate> due) {
        long bytes = 0;
        for (Candidate candidate : page) {
            OutboxRow row = candidate.row();
            if (!candidate.available() || dispatcher.isInFlight(row) || !gate.isOpen(row.topic())) {
                blocked.add(row.lane());
            } else if (blocked.contains(row.lane())) {
                anyBehindOthers = true;
            } else {
                bytes += candidate.bytes();
                if (bytes > MAX_BYTES && !due.isEmpty()) {
                    return;
                }
                due.add(candidate);
            }
        }
    }
}
