package io.mediasaga.orchestrator.participant;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The examples of docs/participant.md, taken out of the page as they stand there. */
final class Examples {

    private static final Path PAGE = Path.of("..", "..", "docs", "participant.md");

    private final String page;
    private final Path directory;

    Examples(Path directory) throws IOException {
        this.page = Files.readString(PAGE);
        this.directory = directory;
    }

    Path definition() throws IOException {
        return Files.writeString(directory.resolve("sign-document.yaml"), block("yaml"));
    }

    /** Compiles the Java example, lays its configuration beside it, and answers a loader of its classes. */
    ClassLoader compileJava() throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Path source = Files.writeString(directory.resolve("StampsApplication.java"), block("java"));
        Files.writeString(
                classes.resolve("stamps.yaml"),
                """
                spring.application.name: stamps
                spring.config.import: classpath:messaging-defaults.yaml
                """);
        Path migrations = Files.createDirectories(classes.resolve("db").resolve("stamps"));
        Files.writeString(migrations.resolve("V1__stamp.sql"), block("sql"));

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var output = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            output,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-cp", classpath()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            if (!compiled) {
                throw new AssertionError("The Java example does not compile:\n" + output);
            }
        }
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Examples.class.getClassLoader());
    }

    private static String classpath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Whether there is a Python with pip that the example's one dependency can be installed with. */
    boolean installPythonClient() throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(
                            "python3", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                            "--target", packages().toString(), "kafka-python==3.0.12")
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("pip.log").toFile())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no Python here
        }
    }

    /** Starts the Python example; the caller stops it. */
    Process startPython(String kafka) throws IOException {
        Path script = Files.writeString(directory.resolve("labels.py"), block("python"));
        var builder = new ProcessBuilder("python3", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("labels.log").toFile());
        builder.environment().put("PYTHONPATH", packages().toString());
        builder.environment().put("MEDIASAGA_KAFKA", kafka);
        return builder.start();
    }

    static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private Path packages() {
        return directory.resolve("python");
    }

    private String block(String language) {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        if (!block.find()) {
            throw new AssertionError(PAGE + " has no " + language + " block");
        }
        return block.group(1);
    }
}
