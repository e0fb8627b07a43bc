package io.mediasaga.standalone.bench;

import io.mediasaga.standalone.bench.Flights.Ended;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The measured time of a run.
 *
 * @param ended sagas that ended within it
 * @param perSecond the same by second
 * @param latency of the sagas that were due within it, whenever they ended
 * @param inFlight sagas under way at the end of each second
 */
record Window(double seconds, int ended, int[] perSecond, Percentiles latency, List<Integer> inFlight) {

    private static final int WORST_OVER = 10;

    /** @param begin and {@code end} on the clock of {@link System#nanoTime} */
    static Window of(List<Ended> all, long begin, long end, List<Integer> inFlight) {
        double seconds = (end - begin) / 1e9;
        int[] perSecond = new int[(int) Math.max(1, Math.round(seconds))];
        int ended = 0;
        for (Ended each : all) {
            if (each.at() - begin >= 0 && each.at() - end < 0) {
                ended++;
                perSecond[(int) Math.min((each.at() - begin) / 1_000_000_000L, perSecond.length - 1)]++;
            }
        }
        Percentiles latency = Percentiles.of(all.stream()
                .filter(each -> each.due() - begin >= 0 && each.due() - end < 0)
                .mapToLong(Ended::nanos));
        return new Window(seconds, ended, perSecond, latency, List.copyOf(inFlight));
    }

    double mean() {
        return ended / seconds;
    }

    /** Sagas a second in the worst ten seconds. */
    double worst() {
        int span = Math.min(WORST_OVER, perSecond.length);
        List<Integer> sums = new ArrayList<>();
        for (int from = 0; from + span <= perSecond.length; from++) {
            int sum = 0;
            for (int second = from; second < from + span; second++) {
                sum += perSecond[second];
            }
            sums.add(sum);
        }
        return (double) Collections.min(sums) / span;
    }

    /**
     * By how many sagas a second what is under way grows, from the second fifth of the time to the last: a rate at which it
     * grows by more than one in a hundred of those that end is not sustained.
     */
    double growth() {
        int fifth = inFlight.size() / 5;
        if (fifth == 0) {
            return 0;
        }
        double early = mean(inFlight.subList(fifth, 2 * fifth));
        double late = mean(inFlight.subList(inFlight.size() - fifth, inFlight.size()));
        return (late - early) / (seconds * 3 / 5);
    }

    boolean sustained() {
        return growth() <= Math.max(mean() / 100, 1);
    }

    int backlog() {
        return inFlight.isEmpty() ? 0 : inFlight.getLast();
    }

    private static double mean(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).average().orElse(0);
    }
}
