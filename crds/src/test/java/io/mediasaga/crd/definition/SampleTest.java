package io.mediasaga.crd.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sample is what docs/publishing.md says, row by row, and short. */
class SampleTest {

    private static final Path CONTRACT = Path.of("../docs/publishing.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final SagaDefinition sample = Definitions.load(Definitions.SAMPLE);

    @Test
    void fitsOnAScreenOrTwo() throws Exception {
        try (Stream<String> lines = Files.lines(Definitions.SAMPLE)) {
            assertThat(lines.count()).isLessThan(100);
        }
    }

    @Test
    void carriesTheDataOfTheContract() {
        assertThat(sample.data().required())
                .containsExactly("owner_id", "title", "file_name", "content_type", "size_bytes");
        assertThat(sample.data().optional()).containsExactly("sha256", "profile");
        assertThat(sample.data().generated()).containsExactly("asset_id");
    }

    @Test
    void hasTheStepsOfTheContract() throws Exception {
        List<List<List<String>>> rows = table("| step |");

        assertThat(rows).hasSameSizeAs(sample.steps());
        for (int i = 0; i < rows.size(); i++) {
            List<List<String>> row = rows.get(i);
            ResolvedStep step = sample.steps().get(i);
            assertThat(row.get(0)).contains(step.wireName());
            assertThat(step.pivot()).isEqualTo(step.wireName().equals("MARK_PUBLISHED"));
            assertThat(address(step.command())).isEqualTo(row.get(1));
            assertThat(payload(step.command())).isEqualTo(row.get(2));
            assertThat(List.of(step.success().topic(), step.success().type())).isEqualTo(row.get(3));
            assertThat(step.success().data()).extracting(KeptField::toString).isEqualTo(row.get(4));
            assertThat(List.of(step.failure().topic(), step.failure().type())).isEqualTo(row.get(5));
        }
    }

    @Test
    void hasTheCompensationsOfTheContract() throws Exception {
        List<List<List<String>>> rows = table("| undoes |");
        List<ResolvedStep> undone =
                sample.steps().stream().filter(s -> s.compensation() != null).toList();

        assertThat(rows).hasSameSizeAs(undone);
        for (int i = 0; i < rows.size(); i++) {
            List<List<String>> row = rows.get(i);
            ResolvedCompensation undo = undone.get(i).compensation();
            assertThat(row.get(0)).containsExactly(undone.get(i).wireName());
            assertThat(row.get(1)).containsExactly(undo.wireName());
            assertThat(address(undo.command())).isEqualTo(row.get(2));
            assertThat(payload(undo.command())).isEqualTo(row.get(3));
            assertThat(List.of(undo.success().topic(), undo.success().type())).isEqualTo(row.get(4));
            assertThat(List.of(undo.failure().topic(), undo.failure().type())).isEqualTo(row.get(5));
        }
    }

    private static List<String> address(ResolvedCommand command) {
        return command == null ? List.of() : List.of(command.topic(), command.type());
    }

    /** The names in the payload, and behind a renamed one that of its source, as the contract has it in brackets. */
    private static List<String> payload(ResolvedCommand command) {
        List<String> names = new ArrayList<>();
        if (command != null) {
            for (PayloadField field : command.payload()) {
                names.add(field.as());
                if (field instanceof PayloadField.OfData(String source, String as) && !source.equals(as)) {
                    names.add(source);
                }
            }
        }
        return names;
    }

    /** The table that begins so: for each row, for each cell, what stands there as code. */
    private static List<List<List<String>>> table(String heading) throws Exception {
        return Files.readAllLines(CONTRACT).stream()
                .dropWhile(line -> !line.startsWith(heading))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Stream.of(line.substring(1).split("\\|")).map(SampleTest::code).toList())
                .toList();
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(result -> result.group(1)).toList();
    }
}
