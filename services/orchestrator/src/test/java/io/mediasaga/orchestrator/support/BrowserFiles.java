package io.mediasaga.orchestrator.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Chromium and its driver on this machine. What is missing is taken from Debian's packages into a folder of the user's
 * cache, without installing anything.
 *
 * @param environment what both need to run from that folder
 */
record BrowserFiles(Path chromium, Path driver, Map<String, String> environment) {

    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "mediasaga", "browser");
    private static final Path ROOT = CACHE.resolve("root");

    /** @throws IllegalStateException when there is none and none can be had, with what to do in one line */
    static BrowserFiles find() {
        BrowserFiles found = look();
        if (found != null) {
            return found;
        }
        String why = get();
        BrowserFiles got = look();
        if (got == null) {
            throw new IllegalStateException("The tests of the console need Chromium and its driver: install them (Debian: apt install"
                    + " chromium chromium-driver; else a chromium and a chromedriver of the same version on the PATH). " + why);
        }
        return got;
    }

    private static @Nullable BrowserFiles look() {
        Path own = ROOT.resolve("usr/lib/chromium/chromium");
        Path chromium = Files.isExecutable(own) ? own : onPath("chromium", "chromium-browser", "google-chrome");
        Path ownDriver = ROOT.resolve("usr/bin/chromedriver");
        Path driver = Files.isExecutable(ownDriver) ? ownDriver : onPath("chromedriver");
        if (chromium == null || driver == null) {
            return null;
        }
        String libraries = Stream.of("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu/nss")
                .map(folder -> ROOT.resolve(folder).toString())
                .collect(Collectors.joining(":"));
        return new BrowserFiles(chromium, driver, chromium.equals(own) ? Map.of("LD_LIBRARY_PATH", libraries) : Map.of());
    }

    private static @Nullable Path onPath(String... names) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin");
        return Stream.of(names)
                .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static String get() {
        try {
            Files.createDirectories(CACHE);
            Path log = CACHE.resolve("get-browser.log");
            Path script = CACHE.resolve("get-browser");
            try (InputStream in = Objects.requireNonNull(BrowserFiles.class.getResourceAsStream("/get-browser"))) {
                Files.write(script, in.readAllBytes());
            }
            Process process = new ProcessBuilder(List.of("bash", script.toString(), CACHE.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return "Getting them took too long; see " + log;
            }
            return process.exitValue() == 0 ? "" : "They could not be had from Debian's packages; see " + log;
        } catch (IOException e) {
            return "They could not be had from Debian's packages: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "Getting them was interrupted";
        }
    }
}
