package io.mediasaga.standalone.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * When which process and server is hit: rounds in which each chosen fault has its turns, spread evenly over the sagas. A pure
 * function of seed, faults and number of sagas.
 */
final class Schedule {

    private static final int SAGAS_PER_ROUND = 1500;

    private Schedule() {}

    /** @param processes how many service processes there are to be hit */
    static List<Injection> of(VerifyOptions options, int processes) {
        Random random = new Random(options.seed());
        List<Injection> without = new ArrayList<>();
        Deck deck = new Deck(processes, random);
        int rounds = Math.ceilDiv(options.sagas(), SAGAS_PER_ROUND);
        for (int round = 0; round < rounds; round++) {
            List<FaultKind> turns = new ArrayList<>();
            for (FaultKind kind : FaultKind.values()) {
                if (kind.isEvent() && options.has(kind)) {
                    turns.addAll(Collections.nCopies(kind.perRound(), kind));
                }
            }
            Collections.shuffle(turns, random);
            turns.forEach(kind -> without.add(new Injection(0, kind, hitsService(kind) ? deck.next() : -1, away(kind, random))));
        }
        return IntStream.range(0, without.size())
                .mapToObj(i -> without.get(i).at((int) ((i + 0.5) * options.sagas() / without.size())))
                .toList();
    }

    private static boolean hitsService(FaultKind kind) {
        return kind == FaultKind.KILL || kind == FaultKind.PAUSE;
    }

    /** Paused ones stay away longer than every lease lasts here, and than a consumer's session. */
    private static Duration away(FaultKind kind, Random random) {
        return switch (kind) {
            case PAUSE -> Duration.ofMillis(11_000 + random.nextInt(7_000));
            case KILL -> Duration.ofMillis(random.nextInt(3_000));
            case REDIS -> Duration.ofMillis(1_000 + random.nextInt(4_000));
            default -> Duration.ofMillis(random.nextInt(4_000));
        };
    }

    /** Deals the processes, each once before any comes again. */
    private static final class Deck {
        private final int size;
        private final Random random;
        private final List<Integer> left = new ArrayList<>();

        Deck(int size, Random random) {
            this.size = size;
            this.random = random;
        }

        int next() {
            if (left.isEmpty()) {
                IntStream.range(0, size).forEach(left::add);
                Collections.shuffle(left, random);
            }
            return left.removeLast();
        }
    }
}
