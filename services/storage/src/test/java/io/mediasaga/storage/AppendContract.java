package io.mediasaga.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every store has to do for uploads that are resumed. */
abstract class AppendContract extends MediaStoreContract {

    @Test
    void goesOnWhereItStopped() throws IOException {
        byte[] bytes = bytes(17 << 20);
        AppendState state = AppendState.EMPTY;
        int[] ends = {1, 1000, 3 << 20, 9 << 20, (9 << 20) + 5, bytes.length};
        int from = 0;
        for (int end : ends) {
            state = append(state, 1, bytes, from, end);
            assertThat(state.size()).isEqualTo(end);
            assertThat(store().exists(KEY)).isFalse();
            from = end;
        }
        assertThat(store().finish(KEY, state).size()).isEqualTo(bytes.length);
        assertThat(read(KEY)).isEqualTo(bytes);
        assertThat(store().list(MediaKey.of("uploads"))).hasSize(1);
    }

    @Test
    void syncsSeveralTimesInOneSession() throws IOException {
        byte[] bytes = bytes(14 << 20);
        AppendState state = AppendState.EMPTY;
        try (AppendSession session = store().append(KEY, state, 1)) {
            for (int at = 0; at < bytes.length; at += 2 << 20) {
                session.write(bytes, at, 2 << 20);
                state = session.sync();
            }
        }
        store().finish(KEY, state);
        assertThat(read(KEY)).isEqualTo(bytes);
    }

    @Test
    void dropsWhatWasNotSynced() throws IOException {
        byte[] bytes = bytes(8000);
        AppendState state = append(AppendState.EMPTY, 1, bytes, 0, 3000);
        try (AppendSession cutOff = store().append(KEY, state, 1)) {
            cutOff.write(new byte[7 << 20], 0, 7 << 20);
        }
        state = append(state, 1, bytes, 3000, 8000);
        store().finish(KEY, state);
        assertThat(read(KEY)).isEqualTo(bytes);
    }

    @Test
    void dropsWhatWasSyncedButNotKept() throws IOException {
        byte[] bytes = bytes(12 << 20);
        AppendState state = append(AppendState.EMPTY, 1, bytes, 0, 1000);
        append(state, 1, new byte[6 << 20], 0, 6 << 20);
        state = append(state, 1, bytes, 1000, bytes.length);
        store().finish(KEY, state);
        assertThat(read(KEY)).isEqualTo(bytes);
    }

    @Test
    void aLateWriterDoesNoHarm() throws IOException {
        byte[] bytes = bytes(21 << 20);
        AppendState state = append(AppendState.EMPTY, 1, bytes, 0, 6 << 20);
        try (AppendSession late = store().append(KEY, state, 1)) {
            late.write(new byte[6 << 20], 0, 6 << 20);
            AppendState taken = append(state, 2, bytes, 6 << 20, 14 << 20);
            late.sync();
            late.write(new byte[6 << 20], 0, 6 << 20);
            late.sync();
            state = append(taken, 2, bytes, 14 << 20, bytes.length);
            late.write(new byte[6 << 20], 0, 6 << 20);
            late.sync();
        }
        store().finish(KEY, state);
        assertThat(read(KEY)).isEqualTo(bytes);
    }

    @Test
    void severalTakeoversWithoutProgress() throws IOException {
        byte[] bytes = bytes(16 << 20);
        AppendState state = append(AppendState.EMPTY, 3, bytes, 0, 10);
        try (AppendSession second = store().append(KEY, state, 4)) {
            second.write(new byte[6 << 20], 0, 6 << 20);
            state = append(state, 5, bytes, 10, 11 << 20);
            second.sync();
            state = append(state, 9, bytes, 11 << 20, bytes.length);
        }
        store().finish(KEY, state);
        assertThat(read(KEY)).isEqualTo(bytes);
    }

    @Test
    void anEpochThatIsOverCannotGoOn() throws IOException {
        AppendState state = append(AppendState.EMPTY, 2, bytes(10), 0, 10);
        assertThatThrownBy(() -> store().append(KEY, state, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void finishesOnceAndAgain() throws IOException {
        byte[] bytes = bytes(500);
        AppendState state = append(AppendState.EMPTY, 1, bytes, 0, 500);
        store().finish(KEY, state);
        assertThat(store().finish(KEY, state).size()).isEqualTo(500);
        assertThat(read(KEY)).isEqualTo(bytes);
    }

    @Test
    void finishesNothingAsAnEmptyObject() throws IOException {
        assertThat(store().finish(KEY, AppendState.EMPTY).size()).isZero();
    }

    @Test
    void discardsUnfinishedAndFinished() throws IOException {
        AppendState state = append(AppendState.EMPTY, 1, bytes(6 << 20), 0, 6 << 20);
        store().discard(KEY, state);
        store().discard(KEY, state);
        assertThatThrownBy(() -> store().finish(KEY, state)).isInstanceOf(IOException.class);

        AppendState again = append(AppendState.EMPTY, 2, bytes(10), 0, 10);
        store().finish(KEY, again);
        store().discard(KEY, again);
        assertThat(store().exists(KEY)).isFalse();
    }

    AppendState append(AppendState state, long epoch, byte[] bytes, int from, int to) throws IOException {
        try (AppendSession session = store().append(KEY, state, epoch)) {
            byte[] part = Arrays.copyOfRange(bytes, from, to);
            for (int at = 0; at < part.length; at += 65_536) {
                session.write(part, at, Math.min(65_536, part.length - at));
            }
            return session.sync();
        }
    }
}
