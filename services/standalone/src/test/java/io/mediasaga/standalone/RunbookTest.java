package io.mediasaga.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.orchestrator.engine.HeldCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is called finds what he is called for in the runbook. */
class RunbookTest {

    private static final Path PROJECT = Path.of("../..");
    private static final Path RUNBOOK = PROJECT.resolve("docs/runbook.md");
    private static final Pattern ALERT = Pattern.compile("alert: \"?(\\w+)\"?");
    private static final Pattern LINK = Pattern.compile("runbook_url: \"?docs/runbook\\.md#([\\w-]+)");
    private static final Pattern OWN_LINK = Pattern.compile("\\]\\(#([\\w-]+)\\)");

    @Test
    void eachAlertHasItsSectionAndLeadsThere() throws IOException {
        List<String> headings = headings();
        for (String file : List.of(
                "charts/mediasaga/files/alerts.yaml", "operator/src/test/resources/golden/sample/out.yaml")) {
            String rules = Files.readString(PROJECT.resolve(file));
            List<String> alerts = all(ALERT, rules);
            assertThat(alerts).as(file).isNotEmpty();
            assertThat(headings).containsAll(alerts);
            assertThat(all(LINK, rules)).as("runbook links of " + file)
                    .containsExactlyElementsOf(alerts.stream().map(alert -> alert.toLowerCase(Locale.ROOT)).toList());
        }
    }

    @Test
    void eachReasonToHoldASagaHasItsSection() throws IOException {
        List<String> headings = headings();
        for (HeldCause cause : HeldCause.values()) {
            assertThat(headings).contains(cause.name());
        }
    }

    @Test
    void linksWithinItLeadSomewhere() throws IOException {
        List<String> anchors = headings().stream().map(heading -> heading.toLowerCase(Locale.ROOT).replace(' ', '-')).toList();
        assertThat(anchors).containsAll(all(OWN_LINK, Files.readString(RUNBOOK)));
    }

    private static List<String> headings() throws IOException {
        return Files.readAllLines(RUNBOOK).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", ""))
                .toList();
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
