package io.mediasaga.standalone.client;

import java.time.Duration;

/**
 * How a file is sent.
 *
 * @param pieces into how many pieces it goes at least
 * @param pause after each of them
 */
record SendingPace(int pieces, Duration pause) {

    private static final long LARGEST_PIECE = 8L * 1024 * 1024;

    /** As fast as it goes. */
    static final SendingPace FULL = new SendingPace(1, Duration.ZERO);

    /** So that it takes about that long, a piece each second. */
    static SendingPace over(Duration length) {
        return new SendingPace((int) Math.max(1, length.toSeconds()), Duration.ofSeconds(1));
    }

    long pieceBytes(long size) {
        return Math.clamp((size + pieces - 1) / pieces, 1, LARGEST_PIECE);
    }
}
