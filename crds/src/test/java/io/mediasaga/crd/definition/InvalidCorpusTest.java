package io.mediasaga.crd.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file breaks one rule and says at its top, behind {@code # expect:}, what has to be said about it. Where it says
 * {@code # admission: accepts}, the API server cannot know better; every other file it refuses too.
 */
class InvalidCorpusTest {

    private static final Path INVALID = Path.of("src/test/resources/invalid");
    private static final Path VALID = Path.of("src/test/resources/valid");
    private static final String EXPECT = "# expect: ";

    @ParameterizedTest
    @MethodSource("invalid")
    void saysWhatIsWrongAndWhatToDo(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> expected = text.lines()
                .filter(line -> line.startsWith(EXPECT))
                .map(line -> line.substring(EXPECT.length()))
                .toList();

        assertThat(violations(text, file)).extracting(Violation::toString).isEqualTo(expected).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void saysNothingWhereNothingIsWrong(Path file) throws IOException {
        assertThat(violations(Files.readString(file), file)).isEmpty();
    }

    @Test
    void theCorpusIsThere() throws IOException {
        assertThat(invalid()).hasSizeGreaterThan(50);
    }

    private static List<Violation> violations(String text, Path file) {
        try {
            return new SagaParser().parse(text, file.toString()).getFirst().violations();
        } catch (InvalidDefinitionException e) {
            return e.violations();
        }
    }

    private static Stream<Path> invalid() throws IOException {
        return files(INVALID);
    }

    private static Stream<Path> valid() throws IOException {
        return files(VALID);
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }
}
