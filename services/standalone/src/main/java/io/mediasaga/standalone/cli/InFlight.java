package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.client.ApiClient;
import io.mediasaga.standalone.client.HistoryLine;
import io.mediasaga.standalone.client.Publisher;
import io.mediasaga.standalone.client.SagaView;

/** Says where to look at a saga, and nothing more: the console tells the rest. */
final class InFlight implements Publisher.Watcher {

    private final Terminal terminal;
    private final ApiClient api;

    InFlight(Terminal terminal, ApiClient api) {
        this.terminal = terminal;
        this.api = api;
    }

    @Override
    public void started(SagaView saga, boolean resumed) {
        terminal.line("A saga in flight, to look at: " + api.inConsole(saga));
    }

    @Override
    public void uploaded(long bytes, long of) {}

    @Override
    public void happened(HistoryLine line) {}
}
