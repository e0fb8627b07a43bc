package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.client.ApiClient;
import io.mediasaga.standalone.client.SagaView;

/** Tells how a publication ended. */
final class Endings {

    private Endings() {}

    static void tell(Terminal terminal, ApiClient api, SagaView saga) {
        if (saga.isCompleted()) {
            String watch = saga.data("watch_path");
            String file = saga.data("public_path");
            terminal.line("Published: " + api.address(watch == null ? String.valueOf(file) : watch));
            if (watch != null && file != null) {
                terminal.line("     file: " + api.address(file));
            }
            if (saga.data("note") != null) {
                terminal.line("     note: " + saga.data("note"));
            }
        } else if (saga.isHeld()) {
            terminal.line("Not published; the saga is held for a person to decide: " + saga.reason());
            terminal.line("Look at it with: ./mediasaga sagas show " + saga.id());
        } else {
            terminal.line("Not published, and everything that had been done is undone: " + saga.reason());
        }
    }
}
