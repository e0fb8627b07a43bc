package io.mediasaga.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Alerts fire when they should. Where promtool is not to be had, tests that need it are skipped; {@code MEDIASAGA_PROMTOOL=required}
 * makes that a failure.
 */
class AlertsTest {

    private static final Path MONITORING = Helm.PROJECT.resolve("k8s/platform/monitoring");
    private static final Path ALERTS = MONITORING.resolve("alerts.yaml");
    private static final Path TESTS = MONITORING.resolve("alerts-test.yaml");

    @TempDir
    Path folder;

    private static Promtool promtool() {
        Optional<Promtool> promtool = Promtool.find();
        if (!"required".equals(System.getenv("MEDIASAGA_PROMTOOL"))) {
            assumeThat(promtool).as("promtool, from Debian's package prometheus").isPresent();
        }
        return promtool.orElseThrow();
    }

    @Test
    void eachFiresWhenItShouldAndNotBefore() {
        Helm.Answer answer = promtool().run("test", "rules", TESTS.toString());

        assertThat(answer.status()).as(answer.text()).isZero();
    }

    @Test
    void eachHasATestOfItsFiring() throws IOException {
        List<String> alerts = names(Files.readString(ALERTS), "alert: (\\w+)");
        String tests = Files.readString(TESTS);

        assertThat(alerts).isNotEmpty().allSatisfy(alert ->
                assertThat(tests).containsPattern("alertname: " + alert + "\\n +eval_time: \\S+\\n +exp_alerts:"));
    }

    @Test
    void ofTheChartAreForItsOwnNamespaceAndLeadToItsRunbook() throws IOException {
        Helm.Answer answer = Helm.find().template(
                "--api-versions", "monitoring.coreos.com/v1", "--set", "monitoring.runbook=https://wiki/runbook");
        assertThat(answer.status()).as(answer.text()).isZero();
        JsonNode rule = Rendered.parse(answer.text()).get("PrometheusRule", "mediasaga-platform").path("spec");
        Path rules = Files.writeString(folder.resolve("rules.yaml"), rule.toString());

        assertThat(rule.toString())
                .contains("namespace=\\\"mediasaga\\\"", "https://wiki/runbook#mediasagaheld")
                .doesNotContain("=~\\\".*\\\"", "docs/runbook.md");
        Helm.Answer check = promtool().run("check", "rules", rules.toString());
        assertThat(check.status()).as(check.text()).isZero();
    }

    /** What the operator writes for a MediaSaga is held by its golden files; this takes the rule from one. */
    @Test
    void ofTheOperatorFiresWhenNoPodOfAParticipantIsLeft() throws IOException {
        Path golden = Helm.PROJECT.resolve("operator/src/test/resources/golden/sample/out.yaml");
        JsonNode rule = Rendered.parse(Files.readString(golden)).get("PrometheusRule", "publish-media-asset").path("spec");
        Files.writeString(folder.resolve("rules.yaml"), rule.toString());
        Path test = Files.writeString(folder.resolve("test.yaml"), """
                rule_files: [rules.yaml]
                evaluation_interval: 30s
                tests:
                  - interval: 30s
                    input_series:
                      - {series: 'kube_deployment_status_replicas_available{namespace="shop",deployment="media"}', values: '1x5 0x40'}
                      - {series: 'kube_deployment_status_replicas_available{namespace="shop",deployment="quota"}', values: '0x5 1x40'}
                      - {series: 'kube_deployment_status_replicas_available{namespace="shop",deployment="else"}', values: '0x45'}
                      - {series: 'kube_deployment_status_replicas_available{namespace="other",deployment="media"}', values: '0x45'}
                    alert_rule_test:
                      - {alertname: MediaSagaParticipantDown, eval_time: 5m}
                      - alertname: MediaSagaParticipantDown
                        eval_time: 10m
                        exp_alerts:
                          - exp_labels: {severity: critical, namespace: shop, deployment: media}
                            exp_annotations:
                              summary: "No pod of media is available: kubectl -n shop describe mediasaga publish-media-asset"
                              runbook_url: docs/runbook.md#mediasagaparticipantdown
                """);

        Helm.Answer answer = promtool().run("test", "rules", test.toString());

        assertThat(answer.status()).as(answer.text()).isZero();
    }

    @Test
    void theDashboardIsTheOneOfTheChart() throws IOException {
        assertThat(MONITORING.resolve("saga-flow.json"))
                .hasSameTextualContentAs(Helm.CHART.resolve("files/saga-flow.json"));
        assertThat(ALERTS).hasSameTextualContentAs(Helm.CHART.resolve("files/alerts.yaml"));
    }

    private static List<String> names(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult each) -> each.group(1)).toList();
    }
}
