package io.mediasaga.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

class ApiTokenSourceTest {

    @TempDir
    private Path folder;

    @Test
    void aGivenTokenGoesBeforeTheFile() {
        assertThat(ApiTokenSource.find(new ApiProperties(" abc ", folder.resolve("token")))).isEqualTo("abc");
        assertThat(folder.resolve("token")).doesNotExist();
    }

    @Test
    void aMissingFileIsMadeForTheOwnerOnlyAndKept() throws Exception {
        Path file = folder.resolve("token");

        String token = ApiTokenSource.find(new ApiProperties(null, file));

        assertThat(token).hasSizeGreaterThanOrEqualTo(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(ApiTokenSource.find(new ApiProperties("", file))).isEqualTo(token);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void servicesThatStartTogetherAgreeOnOneToken() throws Exception {
        ApiProperties properties = new ApiProperties(null, folder.resolve("token"));
        List<Callable<String>> services = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            services.add(() -> ApiTokenSource.find(properties));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> tokens = new ArrayList<>();
            for (Future<String> token : threads.invokeAll(services)) {
                tokens.add(token.get());
            }
            assertThat(tokens.stream().distinct()).hasSize(1);
        }
    }

    @Test
    void whatIsMissingIsToldWithWhatToSet() throws Exception {
        assertThatThrownBy(() -> ApiTokenSource.find(new ApiProperties(" ", null)))
                .hasMessageContaining("mediasaga.api.token")
                .hasMessageContaining("MEDIASAGA_API_TOKEN_FILE");
        assertThatThrownBy(() -> ApiTokenSource.find(new ApiProperties(null, folder.resolve("no/token"))))
                .hasMessageContaining("Make the folder");
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        assertThatThrownBy(() -> ApiTokenSource.find(new ApiProperties(null, empty)))
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> ApiTokenSource.find(new ApiProperties("two words", null)))
                .hasMessageContaining("mediasaga.api.token");
    }

    @Test
    void aServiceWithoutTokenDoesNotStart() {
        SpringApplication application = new SpringApplication(TestApplication.class);
        assertThatThrownBy(() -> application.run("--server.port=0", "--spring.main.banner-mode=off"))
                .rootCause()
                .isInstanceOf(ApiTokenException.class)
                .hasMessageContaining("Set mediasaga.api.token");
    }
}
