package io.mediasaga.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.Work;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.MediaStores;
import io.mediasaga.storage.StorageProperties;
import io.mediasaga.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What the service does not show when all goes well. */
class PublishFinalizeHandlerTest {

    private static final PublishProperties PROPERTIES = new PublishProperties("", Duration.ofSeconds(1), Duration.ofMinutes(1));

    @TempDir
    private Path temp;

    private final Publications publications = mock(Publications.class);
    private final Work work = mock(Work.class);
    private MediaStore store;

    @BeforeEach
    void output() throws IOException {
        when(publications.find(any())).thenReturn(Optional.empty());
        when(work.epoch()).thenReturn(1L);
        store = MediaStores.inFolder(temp);
        for (String file : new String[] {"master.m3u8", "a/1.m4s", "a/2.m4s"}) {
            store.write(MediaKey.of("processed/s1/1").resolve(file), new ByteArrayInputStream(file.getBytes()));
        }
    }

    @Test
    void nothingIsReachableBeforeTheReplyCommits() throws Exception {
        Outcome outcome = run(store);

        assertThat(files("s1")).hasSize(3);
        verify(publications, never()).publish(any());
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Success.class, success -> success.write().alone());
        verify(publications).publish(any());
        verify(publications, never()).leftover(any(), any());
    }

    @Test
    void afterAnEarlierRunItIsTidiedUp() throws Exception {
        when(work.epoch()).thenReturn(2L);

        assertThat(run(store)).isInstanceOfSatisfying(Outcome.Success.class, success -> success.write().alone());

        verify(publications).leftover("s1", Duration.ofMinutes(1));
    }

    @Test
    void whoeverIsStoppedLeavesNothing() throws Exception {
        when(work.stopped()).thenReturn(true);

        assertThatThrownBy(() -> run(store)).isInstanceOf(CancellationException.class);
        assertThat(files("s1")).isEmpty();
    }

    @Test
    void aFullDiskIsNoReasonToGiveUp() throws Exception {
        MediaStore full = MediaStores.create(new StorageProperties(
                StorageProperties.Type.FILESYSTEM, temp, DataSize.ofTerabytes(1_000_000), new StorageProperties.S3(
                        null, "", "", "", "", "", false, DataSize.ofMegabytes(8), temp)));

        assertThat(run(full)).isInstanceOfSatisfying(Outcome.Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo("STORAGE_FULL");
            assertThat(failure.retryable()).isTrue();
        });
        assertThat(files("s1")).isEmpty();
    }

    private Outcome run(MediaStore used) throws Exception {
        var handler = new PublishFinalizeHandler(
                used, new TreeCopy(used), publications, new Addresses(PROPERTIES, "/media"), PROPERTIES);
        return handler.run(
                new Command<>("s1", "PUBLISH", 1, null, new PublishFinalize("a1", "T", "store:processed/s1/1", "master.m3u8", null)),
                work);
    }

    private List<StoredObject> files(String saga) throws IOException {
        List<StoredObject> files = new ArrayList<>();
        for (MediaKey folder : Addresses.folders(saga)) {
            files.addAll(store.list(folder));
        }
        return files;
    }
}
