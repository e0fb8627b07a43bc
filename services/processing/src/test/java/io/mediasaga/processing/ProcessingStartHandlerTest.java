package io.mediasaga.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.Work;
import io.mediasaga.processing.ffmpeg.MediaRefusedException;
import io.mediasaga.processing.ffmpeg.StoppedException;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StorageFullException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of whatever goes wrong. */
class ProcessingStartHandlerTest {

    private final MediaProcessor processor = mock(MediaProcessor.class);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ProcessingStartHandler handler = new ProcessingStartHandler(processor, mock(MediaStore.class), mock(Jobs.class), metrics);

    @Test
    void aFullDiskIsNoReasonToGiveUp() throws Exception {
        when(processor.process(any(), any(), any())).thenThrow(new StorageFullException("The store is full: make room", null));

        assertThat(run("store:uploads/a/source", "a1"))
                .isEqualTo(Outcome.failed("STORAGE_FULL", "The store is full: make room"));
    }

    @Test
    void whatIsWrongWithTheFileIsToldAsItIs() throws Exception {
        when(processor.process(any(), any(), any()))
                .thenThrow(new MediaRefusedException(MediaRefusedException.Code.CORRUPT_MEDIA, "It is cut off."));

        assertThat(run("store:uploads/a/source", "a1")).isEqualTo(Outcome.refused("CORRUPT_MEDIA", "It is cut off."));
        assertThat(metrics.get("mediasaga.processing").tag("outcome", "corrupt_media").timer().count()).isEqualTo(1);
    }

    @Test
    void anythingElseIsTriedAgain() throws Exception {
        when(processor.process(any(), any(), any())).thenThrow(new IOException("no FFmpeg"));

        assertThatThrownBy(() -> run("store:uploads/a/source", "a1")).hasMessage("no FFmpeg");
    }

    @Test
    void stoppedWorkHasNoOutcome() throws Exception {
        when(processor.process(any(), any(), any())).thenThrow(new StoppedException("stopped"));

        assertThatThrownBy(() -> run("store:uploads/a/source", "a1")).isInstanceOf(StoppedException.class);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = {
        "null, a1, source_uri", "'', a1, source_uri", "../../etc/passwd, a1, source_uri", "store:/etc/passwd, a1, source_uri",
        "file:///etc/passwd, a1, source_uri", "store:uploads/a, null, asset_id", "store:uploads/a, ' ', asset_id",
        "store:uploads/a, 0123456789012345678901234567890123456789012345678901234567890123X, asset_id"
    })
    void aCommandThatCannotBeUnderstoodNamesTheField(String source, String asset, String field) {
        assertThatThrownBy(() -> run(source, asset)).isInstanceOf(InvalidPayloadException.class).hasMessageContaining(field);
    }

    private Outcome run(String source, String asset) throws Exception {
        return handler.run(
                new Command<>("s1", "PROCESS_MEDIA", 1, null, new ProcessingStart(asset, source, "a.mp4", "video/mp4", "auto")),
                mock(Work.class));
    }
}
