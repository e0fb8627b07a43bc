package io.mediasaga.s3server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server in a process of its own, on 127.0.0.1: S3Proxy, which checks signatures and keeps objects as files, and speaks all of
 * S3 that a media store needs, multipart uploads included. It can be killed and started again, with the same address and what was
 * in its buckets. Buckets stand in the path (path style).
 */
public final class S3Server implements AutoCloseable {

    static final String ACCESS = "MEDIASAGA_TEST_S3_ACCESS_KEY";
    static final String SECRET = "MEDIASAGA_TEST_S3_SECRET_KEY";
    static final String READY = "ready on port ";

    private final Path folder;
    private final Path log;
    private final String accessKey = "AK" + UUID.randomUUID().toString().replace("-", "").substring(0, 18);
    private final String secretKey = UUID.randomUUID() + "/" + UUID.randomUUID();
    private Process process;
    private final int port;

    private S3Server(Path folder) throws IOException {
        this.folder = folder;
        this.log = folder.resolveSibling(folder.getFileName() + ".log");
        this.process = launch(0);
        this.port = awaitPort();
    }

    /**
     * Starts it.
     *
     * @param folder where objects lie; made when absent
     * @param buckets made when absent
     * @throws IOException when it does not start; says why
     */
    public static S3Server start(Path folder, String... buckets) throws IOException {
        for (String bucket : buckets) {
            Files.createDirectories(folder.resolve(bucket));
        }
        return new S3Server(folder);
    }

    /** Its address. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** One half of the credentials that it knows, made anew for each server. */
    public String accessKey() {
        return accessKey;
    }

    /** The other half. */
    public String secretKey() {
        return secretKey;
    }

    /** Ends it as a loss of power would; connections are refused from then on. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Process " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again under the same address, after {@link #kill}. */
    public void restart() throws IOException {
        process = launch(port);
        awaitPort();
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch(int wanted) throws IOException {
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", classPath(), "io.mediasaga.s3server.S3ServerMain", Integer.toString(wanted), folder.toString()));
        builder.environment().put(ACCESS, accessKey);
        builder.environment().put(SECRET, secretKey);
        return builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    /** What its build noted, and where this class is from. */
    private static String classPath() {
        try (InputStream noted = S3Server.class.getResourceAsStream("classpath")) {
            if (noted == null) {
                throw new IllegalStateException("The S3 server's class path is missing: build the module services/s3server with Maven");
            }
            Path own = Path.of(S3Server.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return own + File.pathSeparator + new String(noted.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private int awaitPort() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line; (line = output.readLine()) != null; ) {
            if (line.startsWith(READY)) {
                return Integer.parseInt(line.substring(READY.length()));
            }
        }
        throw new IOException("The S3 server did not start: " + Files.readString(log));
    }
}
