package io.mediasaga.operator.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers some of a client's writes instead of the API server, as a busy or contended one would. */
public final class Refusals implements Interceptor, AutoCloseable {

    private static final Map<Integer, String> REASONS = Map.of(409, "Conflict", 429, "TooManyRequests", 503, "ServiceUnavailable");

    private final HttpServer server;
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile int[] codes = {};

    public Refusals() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** From now on every second write is answered with the next of these codes, until they are used up. */
    public void next(int... next) {
        codes = next;
        writes.set(0);
        answered.set(0);
    }

    /** How many of them have been given. */
    public int given() {
        return answered.get();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (request.method().equals("GET")) {
            return;
        }
        int write = writes.getAndIncrement();
        if (write % 2 == 1 && write / 2 < codes.length) {
            builder.uri(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + codes[write / 2]));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int code = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            byte[] body = """
                    {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","code":%d,"message":"not now"}"""
                    .formatted(REASONS.get(code), code)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            if (code == 429) {
                exchange.getResponseHeaders().add("Retry-After", "1");
            }
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
            answered.incrementAndGet();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
