package io.mediasaga.messaging.chaos;

import java.time.Duration;

/**
 * Decides what is hit. Pure: the same plan gives the same answer for the same names, in every process. Immutable.
 *
 * @param seed names the plan; 0 where sends are dropped by chance and nothing has to be repeatable
 * @param dropShare share of sends that fail, 0 to 1
 * @param delayShare share of messages that are held back before they are sent, 0 to 1
 * @param delay the longest time that they are held back
 * @param failShare share of commands whose step is made to fail, and of other messages whose handler throws once, 0 to 1
 * @param permanentShare share of the failing steps that no retry mends, 0 to 1
 */
public record ChaosPlan(
        long seed, double dropShare, double delayShare, Duration delay, double failShare, double permanentShare) {

    /** Nothing is hit. */
    public static final ChaosPlan NONE = new ChaosPlan(0, 0, 0, Duration.ZERO, 0, 0);

    /** Whether the first send of the saga's message on the topic fails. */
    public boolean drops(String topic, String key) {
        return dropShare > 0 && chance("drop", topic, key) < dropShare;
    }

    /** How long the message is held back before it is sent; zero for most. */
    public Duration holdsBack(String topic, String key) {
        if (delayShare <= 0) {
            return Duration.ZERO;
        }
        double chance = chance("delay", topic, key);
        return chance < delayShare ? Duration.ofMillis((long) (delay.toMillis() * (1 - chance / delayShare))) : Duration.ZERO;
    }

    /** What is made to go wrong with the saga's step; not asked for compensations, which have to succeed in the end. */
    public StepFault fault(String sagaId, String step) {
        if (failShare <= 0) {
            return StepFault.NONE;
        }
        double chance = chance("step", sagaId, step) / failShare;
        if (chance >= 1) {
            return StepFault.NONE;
        }
        if (chance < permanentShare) {
            return chance < permanentShare / 2 ? StepFault.REFUSED : StepFault.DIES;
        }
        return chance < permanentShare + (1 - permanentShare) / 2 ? StepFault.THROWS : StepFault.FAILS_ONCE;
    }

    /** Whether the handler of the saga's message throws the first time, where the message is no command of a step. */
    public boolean throwsOnce(String sagaId, String type) {
        return failShare > 0 && chance("throw", sagaId, type) < failShare;
    }

    /** A number from 0 to 1 (exclusive) that looks drawn by chance, always the same for the same seed and names. */
    public double chance(String... names) {
        long hash = seed;
        for (String name : names) {
            for (int i = 0; i < name.length(); i++) {
                hash = (hash ^ name.charAt(i)) * 0x100000001b3L; // FNV-1a
            }
            hash = mixed(hash + 0x9e3779b97f4a7c15L);
        }
        return (mixed(hash) >>> 11) * 0x1.0p-53;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
