package io.mediasaga.standalone.bench;

import io.mediasaga.standalone.bench.HttpLine.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections to the platform, as many as there are requests at the same time. Thread-safe. */
final class HttpLines implements AutoCloseable {

    /** Shorter than the server's patience with an idle connection. */
    private static final long IDLE_NANOS = Duration.ofSeconds(10).toNanos();

    private final ConcurrentLinkedDeque<HttpLine> idle = new ConcurrentLinkedDeque<>();
    private final InetSocketAddress server;
    private final String host;

    HttpLines(URI address) {
        this.server = new InetSocketAddress(address.getHost(), address.getPort());
        this.host = address.getAuthority();
    }

    /**
     * Sends a request with a body.
     *
     * @throws IOException when there is no answer; the request may have been carried out
     */
    Answer send(String method, String path, String token, String type, byte[] body) throws IOException {
        byte[] head = (method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        HttpLine line = take();
        try {
            return line.exchange(request);
        } finally {
            giveBack(line);
        }
    }

    private HttpLine take() throws IOException {
        for (HttpLine line = idle.pollFirst(); line != null; line = idle.pollFirst()) {
            if (line.reusable(IDLE_NANOS)) {
                return line;
            }
            line.close();
        }
        return new HttpLine(server);
    }

    private void giveBack(HttpLine line) {
        if (line.reusable(IDLE_NANOS)) {
            idle.addFirst(line);
        } else {
            line.close();
        }
    }

    @Override
    public void close() {
        idle.forEach(HttpLine::close);
        idle.clear();
    }
}
