package io.mediasaga.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MediaStoreAutoConfigurationTest {

    @TempDir
    Path folder;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MediaStoreAutoConfiguration.class));

    @Test
    void theFileSystemIsTheDefault() {
        runner.withPropertyValues("mediasaga.storage.path=" + folder).run(context -> {
            assertThat(context).getBean(MediaStore.class).isInstanceOf(FileSystemStore.class);
            assertThat(context.getBean(StorageProperties.class).minFree().toMegabytes()).isEqualTo(256);
        });
    }

    @Test
    void s3IsChosenByConfiguration() {
        runner.withPropertyValues(
                        "mediasaga.storage.type=s3",
                        "mediasaga.storage.s3.bucket=films",
                        "mediasaga.storage.s3.access-key=access",
                        "mediasaga.storage.s3.secret-key=secret",
                        "mediasaga.storage.s3.endpoint=http://127.0.0.1:1") // where nobody listens: it may come later
                .run(context -> assertThat(context).getBean(MediaStore.class).isInstanceOf(S3Store.class));
    }

    @Test
    void anIncompleteConfigurationStopsTheStartWithTheFix() {
        runner.withPropertyValues("mediasaga.storage.type=s3").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("mediasaga.storage.s3.bucket"));
    }
}
