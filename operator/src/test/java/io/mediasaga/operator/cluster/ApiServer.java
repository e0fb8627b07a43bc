package io.mediasaga.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mediasaga.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real kube-apiserver on a real etcd, nothing else: no controller does anything of its own. Audits every request. */
public final class ApiServer implements AutoCloseable {

    /** Who the operator is: rights come from the shipped rules alone. */
    public static final String OPERATOR = "system:serviceaccount:mediasaga-system:operator";

    private static final String ADMIN_TOKEN = "admin-of-a-test";
    private static final String OPERATOR_TOKEN = "operator-of-a-test";
    private static final String AUDIT_POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived, ResponseStarted]
            rules:
              - level: Metadata
                users: ["%s"]
              - level: None
            """.formatted(OPERATOR);

    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private ApiServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts both and returns when requests are answered. */
    public static ApiServer start() {
        try {
            Path folder = Files.createTempDirectory("kubernetes");
            ApiServer server = new ApiServer(folder, Ports.claim("Kubernetes", 0));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.launch(Binaries.folder());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launch(Path binaries) throws IOException {
        int etcd = Ports.claim("Kubernetes", 0);
        String etcdUrl = "http://127.0.0.1:" + etcd;
        run(
                "etcd", binaries.resolve("etcd").toString(), "--data-dir", folder.resolve("etcd").toString(),
                "--listen-client-urls", etcdUrl, "--advertise-client-urls", etcdUrl, "--listen-peer-urls",
                "http://127.0.0.1:" + Ports.claim("Kubernetes", 0), "--unsafe-no-fsync", "--log-level", "error");
        Path key = Files.writeString(folder.resolve("sa.key"), key());
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), """
                %s,admin,1,"system:masters"
                %s,%s,2,"system:serviceaccounts,system:serviceaccounts:mediasaga-system"
                """.formatted(ADMIN_TOKEN, OPERATOR_TOKEN, OPERATOR));
        Path policy = Files.writeString(folder.resolve("audit.yaml"), AUDIT_POLICY);
        run(
                "apiserver", binaries.resolve("kube-apiserver").toString(), "--etcd-servers=" + etcdUrl,
                "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", "--secure-port=" + port, "--cert-dir=" + folder.resolve("certificates"),
                "--authorization-mode=RBAC", "--token-auth-file=" + tokens, "--service-account-signing-key-file=" + key,
                "--service-account-key-file=" + key, "--service-account-issuer=https://kubernetes.default.svc",
                "--service-cluster-ip-range=10.96.0.0/16", "--disable-admission-plugins=ServiceAccount",
                "--audit-policy-file=" + policy, "--audit-log-path=" + audit(), "--audit-log-mode=blocking",
                "--watch-cache=true", "--v=0");
        try (KubernetesClient admin = admin()) {
            Awaitility.await("the API server")
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> {
                        for (Process process : processes) {
                            if (!process.isAlive()) {
                                throw new AssertionError("It has ended; see " + folder);
                            }
                        }
                        return "ok".equals(admin.raw("/readyz"));
                    });
        }
    }

    private void run(String name, String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    /** Where every request of the operator is written down. */
    public Path audit() {
        return folder.resolve("audit.log");
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** A client that may do everything. */
    public KubernetesClient admin() {
        return client(ADMIN_TOKEN, port).build();
    }

    /** A client that may do what the operator may. */
    public KubernetesClient operator() {
        return client(OPERATOR_TOKEN, port).build();
    }

    /** The same by way of something that can be cut. */
    public KubernetesClient operator(Wire wire) {
        return client(OPERATOR_TOKEN, wire.port()).build();
    }

    /** The same, with some writes answered by somebody else. */
    public KubernetesClient operator(Refusals refusals) {
        return client(OPERATOR_TOKEN, port)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("refusals", refusals))
                .build();
    }

    private static KubernetesClientBuilder client(String token, int port) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + port)
                .withTrustCerts(true)
                .withOauthToken(token)
                .withNamespace("default")
                .build();
        return new KubernetesClientBuilder().withConfig(config);
    }

    private static String key() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (Process process : processes.reversed()) {
            process.destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
