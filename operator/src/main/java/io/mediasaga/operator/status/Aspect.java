package io.mediasaga.operator.status;

/**
 * How one aspect is.
 *
 * @param verdict whether it is as wanted
 * @param reason one word
 * @param message plain words, and what to do
 */
public record Aspect(Verdict verdict, String reason, String message) {

    /** Whether something is as wanted. */
    public enum Verdict {
        /** It is. */
        GOOD,
        /** It is, but will not stay so unless somebody does something. */
        WORRYING,
        /** Not yet; it comes by itself. */
        PENDING,
        /** It is not, and somebody has to do something. */
        BAD
    }

    public static Aspect good(String reason, String message) {
        return new Aspect(Verdict.GOOD, reason, message);
    }

    public static Aspect worrying(String reason, String message) {
        return new Aspect(Verdict.WORRYING, reason, message);
    }

    public static Aspect pending(String reason, String message) {
        return new Aspect(Verdict.PENDING, reason, message);
    }

    public static Aspect bad(String reason, String message) {
        return new Aspect(Verdict.BAD, reason, message);
    }

    /** Whether it is as wanted now. */
    public boolean holds() {
        return verdict == Verdict.GOOD || verdict == Verdict.WORRYING;
    }
}
