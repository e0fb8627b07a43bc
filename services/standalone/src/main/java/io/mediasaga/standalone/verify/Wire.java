package io.mediasaga.standalone.verify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/** Requests to replicas that come and go: each is sent until somebody answers it. Thread-safe. */
final class Wire implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int PAUSE_MILLIS = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final BooleanSupplier goOn;

    /** @param goOn false when nothing is to be tried again any more */
    Wire(BooleanSupplier goOn) {
        this.goOn = goOn;
    }

    /** What was answered. */
    record Answer(int status, String body) {
        boolean succeeded() {
            return status / 100 == 2;
        }
    }

    /**
     * Sends the request to one replica after the other until one of them answers with something final.
     *
     * @param again which other statuses than 429 and 5xx are no final answer
     * @throws IOException when nobody has answered by the end of the run
     */
    Answer persist(List<Integer> ports, String path, Request request, IntPredicate again)
            throws IOException, InterruptedException {
        int turn = ThreadLocalRandom.current().nextInt(ports.size());
        IOException last = new IOException("nobody was asked");
        while (goOn.getAsBoolean()) {
            try {
                Answer answer = send(ports.get(turn++ % ports.size()), path, request);
                if (answer.status() != TOO_MANY_REQUESTS && answer.status() < SERVER_ERROR && !again.test(answer.status())) {
                    return answer;
                }
                last = new IOException(path + " was answered by " + answer.status() + " " + answer.body());
            } catch (IOException e) {
                last = e;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS + ThreadLocalRandom.current().nextInt(PAUSE_MILLIS));
        }
        throw last;
    }

    /** What is sent. */
    record Request(String method, String token, String type, byte[] body, String key) {}

    private Answer send(int port, String path, Request request) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + request.token())
                .header("Content-Type", request.type())
                .method(request.method(), BodyPublishers.ofByteArray(request.body()));
        if (!request.key().isEmpty()) {
            builder.header("Idempotency-Key", request.key());
        }
        HttpResponse<String> response = client.send(builder.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
