package io.mediasaga.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the chart renders. Golden files are written anew with {@code -Dgolden.update}. */
class ChartTest {

    private static final Path GOLDEN = Path.of("src/test/resources/chart");
    private static final String CLOUD = Helm.CHART.resolve("values-cloud.yaml").toString();
    private static final Helm HELM = Helm.find();

    @Test
    void passesHelmsOwnRules() {
        assertThat(HELM.lint()).satisfies(answer -> assertThat(answer.status()).as(answer.text()).isZero());
        assertThat(HELM.lint("-f", CLOUD)).satisfies(answer -> assertThat(answer.status()).as(answer.text()).isZero());
    }

    @Test
    void rendersAsBeforeByDefault() throws IOException {
        likeGolden("default.yaml", render());
    }

    @Test
    void rendersAsBeforeForACloud() throws IOException {
        likeGolden("cloud.yaml", render("-f", CLOUD));
    }

    @Test
    void rendersAsBeforeWhereMonitoringAndExternalSecretsAre() throws IOException {
        likeGolden("add-ons.yaml", render(
                "--api-versions", "monitoring.coreos.com/v1",
                "--api-versions", "external-secrets.io/v1alpha1/PushSecret",
                "--set", "sample.enabled=true,operator.watchNamespaces={mediasaga,shop},operator.replicas=2"));
    }

    @Test
    void tellsEveryServiceWhoseTokensItTakes() {
        Rendered chart = render(
                "--set", "auth.issuer=https://id.example/realms/media,auth.clientId=console,auth.rolesClaim=realm_access.roles",
                "--set", "auth.roles.operator={ops,admins},limits.startsPerMinute=0,env.MEDIASAGA_AUTH_NAMECLAIM=email");
        JsonNode orchestrator = Rendered.containers(
                        chart.get("Deployment", "mediasaga-orchestrator").at("/spec/template/spec"))
                .findFirst()
                .orElseThrow();
        Map<String, String> expected = new TreeMap<>(Map.of(
                "MEDIASAGA_AUTH_ISSUER", "https://id.example/realms/media",
                "MEDIASAGA_AUTH_CLIENTID", "console",
                "MEDIASAGA_AUTH_AUDIENCE", "mediasaga",
                "MEDIASAGA_AUTH_ROLESCLAIM", "realm_access.roles",
                "MEDIASAGA_AUTH_NAMECLAIM", "email",
                "MEDIASAGA_AUTH_OWNERSCLAIM", "sub",
                "MEDIASAGA_AUTH_VIEWER", "viewer",
                "MEDIASAGA_AUTH_OPERATOR", "ops,admins",
                "MEDIASAGA_AUTH_UPLOADER", "uploader",
                "MEDIASAGA_LIMITS_STARTSPERMINUTE", "0"));
        expected.forEach((name, value) -> assertThat(orchestrator.path("env")).as(name).anySatisfy(variable -> {
            assertThat(variable.path("name").asString()).isEqualTo(name);
            assertThat(variable.path("value").asString()).isEqualTo(value);
        }));
        String settings = chart.comparable();
        expected.forEach((name, value) -> assertThat(settings).as("the operator's settings").contains("'[" + name + "]':"));
        assertThat(render().comparable()).doesNotContain("MEDIASAGA_AUTH", "MEDIASAGA_LIMITS");
    }

    @Test
    void handsTheBucketAndItsKeysToTheOperator() {
        Rendered chart = render("-f", CLOUD, "--set", "storage.s3.endpoint=https://s3.example:9000,storage.s3.pathStyle=true");
        JsonNode external = chart.get("ExternalSecret", "mediasaga-storage").path("spec");
        assertThat(external.at("/target/name").asString()).isEqualTo("mediasaga-storage");
        assertThat(external.path("data")).extracting(each -> each.path("secretKey").asString() + " " + each.at("/remoteRef/key").asString()
                        + " " + each.at("/remoteRef/property").asString())
                .containsExactly("access_key mediasaga/storage access_key", "secret_key mediasaga/storage secret_key");
        assertThat(chart.comparable()).contains("endpoint: https://s3.example:9000", "path-style: true", "secret: mediasaga-storage");

        Rendered identity = render("-f", CLOUD, "--set", "storage.s3.secret=,storage.s3.externalKey=",
                "--set-string", "storage.s3.identity.eks\\.amazonaws\\.com/role-arn=arn:aws:iam::111122223333:role/media");
        assertThat(identity.comparable())
                .contains("'[eks.amazonaws.com/role-arn]': arn:aws:iam::111122223333:role/media")
                .doesNotContain("mediasaga-storage");
    }

    @ParameterizedTest
    @CsvSource({
        "crds/mediasagas.mediasaga.io-v1.yaml, mediasagas.mediasaga.io-v1.yaml",
        "k8s/samples/publish-media-asset.yaml, publish-media-asset.yaml"
    })
    void carriesCopiesOfWhatTheProjectHas(String original, String copy) {
        assertThat(Helm.CHART.resolve("files/" + copy))
                .as("the chart's copy; cp %s charts/mediasaga/files/".formatted(original))
                .hasSameTextualContentAs(Helm.PROJECT.resolve(original));
    }

    @Test
    void givesTheOperatorTheRulesThatItIsTestedWith() throws IOException {
        Rendered chart = render();
        assertThat(chart.get("ClusterRole", "mediasaga-mediasaga-operator").path("rules"))
                .isEqualTo(Rendered.read(Helm.CHART.resolve("files/operator-rules.yaml")));
        assertThat(chart.get("Role", "mediasaga-operator-leader").path("rules"))
                .isEqualTo(Rendered.read(Helm.CHART.resolve("files/operator-leader-rules.yaml")));
        Rendered narrow = render("--set", "operator.watchNamespaces={shop}");
        assertThat(narrow.ofKind("ClusterRole").filter(Rendered::isOperatorsRole)).isEmpty();
        assertThat(narrow.get("Role", "mediasaga-operator").at("/metadata/namespace").asString()).isEqualTo("shop");
    }

    @Test
    void holdsEveryContainerToTheRestrictedStandard() {
        for (Rendered chart : List.of(render("--set", "sample.enabled=true"), render("-f", CLOUD))) {
            assertThat(chart.pods()).isNotEmpty().allSatisfy(pod -> {
                assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
                assertThat(pod.at("/securityContext/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
                assertThat(Rendered.containers(pod)).isNotEmpty().allSatisfy(container -> {
                    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
                    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
                    assertThat(container.at("/securityContext/capabilities/drop/0").asString()).isEqualTo("ALL");
                    assertThat(container.at("/resources/requests/memory").asString()).isNotEmpty();
                    assertThat(container.at("/resources/limits/memory").asString()).isNotEmpty();
                    assertThat(container.path("image").asString()).matches("\\S+:\\S+").doesNotEndWith(":latest");
                });
            });
        }
    }

    @Test
    void appliesTheApiBeforeEverythingElseAndKeepsItLater() {
        Rendered chart = render();
        assertThat(chart.ofKind("CustomResourceDefinition")).isEmpty();
        JsonNode job = chart.get("Job", "mediasaga-crds");
        assertThat(job.at("/metadata/annotations/helm.sh~1hook").asString()).isEqualTo("pre-install,pre-upgrade");
        assertThat(chart.get("ConfigMap", "mediasaga-crds").at("/data/crds.yaml").asString())
                .contains("name: mediasagas.mediasaga.io");
        assertThat(chart.ofKind("Job").map(each -> each.at("/metadata/annotations/helm.sh~1hook").asString()))
                .doesNotContain("post-delete");
    }

    @Test
    void keepsDataAndWhatOpensIt() {
        Rendered chart = render();
        assertThat(Stream.concat(chart.ofKind("PersistentVolumeClaim"), chart.ofKind("Secret")
                        .filter(secret -> !secret.at("/metadata/name").asString().equals("mediasaga-api-token"))))
                .hasSize(8)
                .allSatisfy(object -> assertThat(object.at("/metadata/annotations/helm.sh~1resource-policy").asString())
                        .isEqualTo("keep"));
        Rendered disposable = render("--set", "infrastructure.keepData=false,storage.keep=false");
        assertThat(disposable.objects())
                .noneMatch(object -> object.at("/metadata/annotations").has("helm.sh/resource-policy"));
    }

    @Test
    void givesEveryServiceAPasswordOfItsOwn() {
        assertThat(render().ofKind("Secret").filter(secret -> secret.at("/data").has("password"))
                        .map(secret -> secret.at("/data/password").asString()))
                .hasSize(6)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "cloud"})
    void holdsNoCredentialsInPlainSettings(String which) {
        Rendered chart = which.equals("cloud") ? render("-f", CLOUD) : render();
        assertThat(chart.pods().flatMap(Rendered::containers))
                .allSatisfy(container -> container.path("env").forEach(variable -> {
                    if (variable.path("name").asString().matches(".*(PASSWORD|TOKEN|JAAS).*")) {
                        assertThat(variable.has("valueFrom")).as(variable.toString()).isTrue();
                    }
                }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "storage.type=s3                                   | /storage/s3/bucket",
        "storage.type=nfs                                  | /storage/type",
        "kafka.bootstrapServers=kafka                      | /kafka/bootstrapServers",
        "database.url=postgresql://x                       | /database/url",
        "operator.replicas=many                            | /operator/replicas",
        "images.pullPolicy=Sometimes                       | /images/pullPolicy",
        "console.uploads=ingest/uploads                    | /console/uploads",
        "console.services.media=http://media/              | /console/services/media",
        "cleanup.deadline=soon                             | /cleanup/deadline",
        "database.services={media}                         | /database/services",
        "auth.issuer=somebody                              | /auth",
        "auth.jwksUri=https://id.example/keys              | /auth",
        "limits.startsPerMinute=-1                         | /limits/startsPerMinute",
        "typo=1                                            | typo",
        "infrastructure.enabled=false                      | database.url is empty and infrastructure.enabled is false"
    })
    void refusesWhatCannotBeMeant(String setting, String named) {
        Helm.Answer answer = HELM.template("--set", setting);
        assertThat(answer.status()).isNotZero();
        assertThat(answer.text()).contains(named);
    }

    private static Rendered render(String... arguments) {
        Helm.Answer answer = HELM.template(arguments);
        assertThat(answer.status()).as(answer.text()).isZero();
        return Rendered.parse(answer.text());
    }

    private static void likeGolden(String name, Rendered chart) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, chart.comparable());
        }
        assertThat(chart.comparable()).as("%s; look at the difference, then -Dgolden.update", golden).isEqualTo(Files.readString(golden));
    }
}
