package io.mediasaga.operator.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers of Kubernetes: from the cache, or built into it once, with progress on the console. */
final class Binaries {

    private static final String[] NEEDED = {"etcd", "kube-apiserver"};

    private Binaries() {}

    static Path folder() {
        String home = System.getenv("MEDIASAGA_KUBERNETES_HOME");
        Path cache = home == null
                ? Path.of(System.getProperty("user.home"), ".cache", "mediasaga", "kubernetes")
                : Path.of(home);
        Path folder = cache.resolve("bin");
        if (!missing(folder).isEmpty()) {
            build(missing(folder));
        }
        List<String> missing = missing(folder);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The operator's tests need " + missing + " in " + folder
                    + ": put them there, or install Go 1.26 and run k8s/local/build kube " + String.join(" ", missing));
        }
        return folder;
    }

    private static List<String> missing(Path folder) {
        List<String> missing = new ArrayList<>();
        for (String name : NEEDED) {
            if (!Files.isExecutable(folder.resolve(name))) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static void build(List<String> names) {
        Path script = Path.of("../k8s/local/build").toAbsolutePath().normalize();
        System.err.println("Building " + names + " from their Go modules, once; this takes some minutes");
        List<String> command = new ArrayList<>(List.of(script.toString(), "kube"));
        command.addAll(names);
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot run " + script + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
