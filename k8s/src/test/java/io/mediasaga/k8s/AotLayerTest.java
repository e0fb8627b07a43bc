package io.mediasaga.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How {@code k8s/local/aot-cache} puts a cache into an image. */
class AotLayerTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FLAG = "-XX:AOTCache=/app/aot/application.aot";

    @TempDir
    Path folder;

    private Path archive;
    private String lower;

    @BeforeEach
    void makesAnImage() throws IOException {
        archive = image("orchestrator.tar", "jars");
    }

    @Test
    void namesTheCacheInTheEntryPointAndLeavesTheLayersBelow() throws IOException {
        addCache("trained");
        Opened image = open(archive);
        assertThat(image.config.at("/config/Entrypoint")).map(JsonNode::asString)
                .containsExactly("java", FLAG, "-XX:+UseCompactObjectHeaders", "-cp", "@/app/jib-classpath-file", "Main");
        assertThat(image.layers()).hasSize(2).first().isEqualTo(lower);
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(image.blob(image.layers().get(1)))).readAllBytes();
        assertThat(image.config.at("/rootfs/diff_ids/1").asString()).isEqualTo("sha256:" + digest(plain));
        Path layer = Files.write(folder.resolve("layer.tar"), plain);
        assertThat(run("tar", "-xOf", layer.toString(), "app/aot/application.aot")).isEqualTo("trained");
        assertThat(run("tar", "-tvf", layer.toString()))
                .containsPattern("drwxr-xr-x +0[/ ]+0").containsPattern("-rw-r--r-- +0[/ ]+0");
    }

    @Test
    void isTheSameImageWhenTheCacheIsTheSame() throws IOException {
        addCache("trained");
        byte[] once = Files.readAllBytes(archive);
        addCache("another");
        assertThat(open(archive).layers()).hasSize(2);
        assertThat(Files.readAllBytes(archive)).isNotEqualTo(once);
        addCache("trained");
        assertThat(Files.readAllBytes(archive)).isEqualTo(once);
    }

    @Test
    void keepsTheCacheOfAnEarlierImageWithTheSameLayers() throws IOException {
        addCache("trained");
        byte[] once = Files.readAllBytes(archive);
        Path earlier = Files.createDirectories(folder.resolve("earlier"));
        Files.move(archive, earlier.resolve("orchestrator.tar"));
        archive = image("orchestrator.tar", "jars");
        assertThat(run(script(), "--earlier", earlier.toString(), archive.toString())).contains("as before");
        assertThat(Files.readAllBytes(archive)).isEqualTo(once);
    }

    @Test
    void refusesWhatIsNoImage() throws IOException {
        Path other = folder.resolve("other.tar");
        run("tar", "-cf", other.toString(), "-C", folder.toString(), "orchestrator.tar");
        Helm.Answer answer = Helm.run(1, List.of(script(), "--cache", archive.toString(), other.toString()));
        assertThat(answer.status()).isNotZero();
        assertThat(answer.text()).contains("other.tar is no OCI archive").doesNotContain("Traceback");
    }

    private void addCache(String content) throws IOException {
        Path cache = Files.writeString(folder.resolve("cache"), content);
        run(script(), "--cache", cache.toString(), archive.toString());
    }

    private static String script() {
        return Helm.PROJECT.resolve("k8s/local/aot-cache").toString();
    }

    /** An image of one layer, as Jib writes it. */
    private Path image(String name, String content) throws IOException {
        Path layout = Files.createDirectories(folder.resolve("layout-" + name));
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        byte[] layer = content.getBytes(StandardCharsets.UTF_8);
        lower = "sha256:" + put(blobs, layer);
        byte[] config = """
                {"created": "1970-01-01T00:00:00Z", "architecture": "amd64", "os": "linux",
                 "config": {"Env": ["JAVA_HOME=/opt/java"], "Labels": {"org.opencontainers.image.title": "orchestrator"},
                  "Entrypoint": ["java", "-XX:+UseCompactObjectHeaders", "-cp", "@/app/jib-classpath-file", "Main"]},
                 "history": [{"comment": "dependencies"}], "rootfs": {"type": "layers", "diff_ids": ["%s"]}}""".formatted(lower).getBytes(StandardCharsets.UTF_8);
        byte[] manifest = """
                {"schemaVersion": 2, "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "sha256:%s", "size": %d},
                 "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": "%s", "size": %d}]}"""
                .formatted(put(blobs, config), config.length, lower, layer.length).getBytes(StandardCharsets.UTF_8);
        Files.writeString(layout.resolve("index.json"), """
                {"schemaVersion": 2, "manifests": [{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:%s", "size": %d,
                 "annotations": {"org.opencontainers.image.ref.name": "mediasaga/orchestrator:0.1.0"}}]}"""
                .formatted(put(blobs, manifest), manifest.length));
        Path target = folder.resolve(name);
        run("tar", "-cf", target.toString(), "-C", layout.toString(), "blobs", "index.json");
        return target;
    }

    private static String put(Path blobs, byte[] data) throws IOException {
        String name = digest(data);
        Files.write(blobs.resolve(name), data);
        return name;
    }

    private record Opened(Path layout, JsonNode manifest, JsonNode config) {

        List<String> layers() {
            return manifest.path("layers").valueStream().map(layer -> layer.path("digest").asString()).toList();
        }

        byte[] blob(String digest) throws IOException {
            byte[] data = Files.readAllBytes(layout.resolve("blobs/sha256").resolve(digest.substring("sha256:".length())));
            assertThat("sha256:" + digest(data)).isEqualTo(digest);
            return data;
        }
    }

    private Opened open(Path image) throws IOException {
        Path layout = Files.createTempDirectory(folder, "opened");
        run("tar", "-xf", image.toString(), "-C", layout.toString());
        JsonNode index = JSON.readTree(Files.readString(layout.resolve("index.json")));
        assertThat(index.at("/manifests/0/annotations/org.opencontainers.image.ref.name").asString()).isEqualTo("mediasaga/orchestrator:0.1.0");
        Opened opened = new Opened(layout, index, index);
        JsonNode manifest = JSON.readTree(opened.blob(index.at("/manifests/0/digest").asString()));
        JsonNode config = JSON.readTree(opened.blob(manifest.at("/config/digest").asString()));
        return new Opened(layout, manifest, config);
    }

    private static String digest(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String run(String... command) {
        Helm.Answer answer = Helm.run(1, List.of(command));
        assertThat(answer.status()).as(String.join(" ", command) + ": " + answer.text()).isZero();
        return answer.text();
    }
}
