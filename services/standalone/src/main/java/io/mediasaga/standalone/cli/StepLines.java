package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.client.ApiClient;
import io.mediasaga.standalone.client.HistoryLine;
import io.mediasaga.standalone.client.Publisher;
import io.mediasaga.standalone.client.SagaView;
import java.time.Duration;
import java.util.Locale;

/** Tells the way of one saga: a line for each step, and a bar while the file is sent. */
final class StepLines implements Publisher.Watcher {

    private final Terminal terminal;
    private final ApiClient api;

    StepLines(Terminal terminal, ApiClient api) {
        this.terminal = terminal;
        this.api = api;
    }

    @Override
    public void started(SagaView saga, boolean resumed) {
        terminal.line((resumed ? "Going on with saga " : "Saga ") + saga.id());
        terminal.line("  in the console: " + api.inConsole(saga));
    }

    @Override
    public void uploaded(long bytes, long of) {
        terminal.bar("sending the file", bytes, of);
    }

    @Override
    public void happened(HistoryLine line) {
        switch (line.kind()) {
            case "SUCCEEDED" -> done(line);
            case "FAILED" -> terminal.line("  ✗ " + line.detail());
            case "TIMED_OUT" -> terminal.line("  … %s was not answered in time (attempt %d)".formatted(name(line), line.attempt()));
            case "COMPENSATION_STARTED" -> terminal.line("  What was done is being undone");
            case "HELD", "PAUSED", "RESUMED", "RETRIED", "SKIPPED", "CANCELLED" ->
                terminal.line("  • %s %s".formatted(line.kind().toLowerCase(Locale.ROOT), line.detail()).stripTrailing());
            default -> {
                // of no interest here; ./mediasaga sagas show tells everything
            }
        }
    }

    @Override
    public void away(Duration since, Duration patience) {
        terminal.waiting("the platform is away: waiting for it", since, patience);
    }

    @Override
    public void back(Duration after) {
        terminal.line("  the platform is back after %d s; going on".formatted(after.toSeconds()));
    }

    private void done(HistoryLine line) {
        String mark = line.compensation().isEmpty() ? "✓" : "↩";
        terminal.line("  %s %-22s %8.2f s".formatted(mark, name(line), line.millis() / 1000.0));
    }

    private static String name(HistoryLine line) {
        return line.compensation().isEmpty() ? line.step() : line.compensation();
    }
}
