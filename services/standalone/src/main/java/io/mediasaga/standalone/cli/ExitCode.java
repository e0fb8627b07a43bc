package io.mediasaga.standalone.cli;

/** What the program's exit status says. */
final class ExitCode {

    static final int OK = 0;
    static final int SAGA_FAILED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    static final int REFUSED = 4;
    static final int PORT_IN_USE = 5;
    static final int CANNOT_START = 6;
    static final int FAULT = 70;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
