package io.mediasaga.operator.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Answers as the orchestrator does, and remembers what it was asked. The real one is tried with it on a real cluster. */
public final class FakeOrchestrator implements AutoCloseable {

    public static final String TOKEN = "token-of-a-test";

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Map<String, Long> running = new ConcurrentHashMap<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();

    public FakeOrchestrator() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/definitions/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** As in {@code PUT shop/order}. */
    public List<String> requests() {
        return requests;
    }

    /** What was put last. */
    public String body(String definition) {
        return bodies.getOrDefault(definition, "");
    }

    public String state(String definition) {
        return states.getOrDefault(definition, "");
    }

    /** From now on so many sagas run. */
    public void running(String definition, long count) {
        running.put(definition, count);
    }

    /** From now on it does not take the definition. */
    public void refuse(String definition, String why) {
        refusals.put(definition, why);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/api/definitions/".length());
            String[] parts = path.split("/");
            String definition = parts[0] + "/" + parts[1];
            requests.add(exchange.getRequestMethod() + " " + path);
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, "{\"detail\":\"no\"}");
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (exchange.getRequestMethod() + (parts.length > 2 ? " " + parts[2] : "")) {
                case "PUT" -> {
                    if (refusals.containsKey(definition)) {
                        answer(exchange, 422, "{\"detail\":\"" + refusals.get(definition) + "\"}");
                        return;
                    }
                    bodies.put(definition, body);
                    states.compute(definition, (k, state) -> "SUSPENDED".equals(state) ? state : "ACTIVE");
                }
                case "POST suspend" -> states.put(definition, "SUSPENDED");
                case "POST resume" -> states.put(definition, "ACTIVE");
                case "DELETE" -> states.put(definition, "DELETED");
                case "GET counts" -> {
                    answer(exchange, 200, "{\"running\":" + running.getOrDefault(definition, 0L)
                            + ",\"compensating\":0,\"held\":0,\"compensated\":0}");
                    return;
                }
                default -> {
                    answer(exchange, 404, "{}");
                    return;
                }
            }
            answer(exchange, 200, "{\"version\":1,\"hash\":\"h\",\"state\":\"" + states.get(definition)
                    + "\",\"accepted_at\":\"2026-01-10T12:00:00Z\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
