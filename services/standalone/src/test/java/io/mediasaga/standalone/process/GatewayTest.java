package io.mediasaga.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mediasaga.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(900)
class GatewayTest {

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer root;
    private HttpServer uploads;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        root = server();
        uploads = server();
        gateway = Gateway.start(folder, Ports.claim("gateway", 0), List.of(
                new Route("", root.getAddress().getPort()),
                new Route("/uploads", uploads.getAddress().getPort()),
                new Route("/away", Ports.claim("nobody", 0))));
    }

    @AfterEach
    void stop() {
        gateway.close();
        root.stop(0);
        uploads.stop(0);
        http.close();
    }

    @Test
    void theLongestPathWinsAndWholeSegmentsCount() throws Exception {
        answer(root, "root");
        answer(uploads, "uploads");
        assertThat(send("GET", "/uploads/1?a=b%20c", "").body()).isEqualTo("uploads GET /uploads/1?a=b%20c ");
        assertThat(send("GET", "/uploads", "").body()).startsWith("uploads");
        assertThat(send("GET", "/uploadsX", "").body()).startsWith("root");
        assertThat(send("GET", "/", "").body()).startsWith("root");
    }

    @Test
    void methodsBodiesHeadersAndStatusPass() throws Exception {
        answer(uploads, "uploads");
        HttpResponse<String> response = send("PATCH", "/uploads/1", "content");
        assertThat(response.body()).isEqualTo("uploads PATCH /uploads/1 content");
        assertThat(response.headers().firstValue("Upload-Offset")).contains("7");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(send("HEAD", "/uploads/1", "").headers().firstValue("Upload-Offset")).contains("0");
    }

    @Test
    void answersAreStreamedAsTheyCome() throws Exception {
        CountDownLatch firstRead = new CountDownLatch(1);
        root.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(firstRead); // the end comes only when the beginning has arrived
            exchange.getResponseBody().write("last\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        var lines = http.send(request("GET", "/events", ""), BodyHandlers.ofLines()).body().iterator();
        assertThat(lines.next()).isEqualTo("first");
        firstRead.countDown();
        assertThat(lines.next()).isEqualTo("last");
    }

    @Test
    void aServiceThatIsAwayIsAProblemThatPasses() throws Exception {
        HttpResponse<String> response = send("GET", "/away/x", "");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(response.body()).contains("SERVICE_AWAY").contains("/away");
    }

    @Test
    void aServiceThatDiesBeforeItsAnswerIsAProblemThatPassesToo() throws Exception {
        uploads.createContext("/", exchange -> {
            exchange.getRequestBody().read();
            throw new IOException("killed"); // the server closes the connection
        });
        HttpResponse<String> response = send("PATCH", "/uploads/1", "content");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("SERVICE_AWAY").contains("/uploads");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    private static void answer(HttpServer server, String name) {
        server.createContext("/", exchange -> echo(exchange, name));
    }

    private static void echo(HttpExchange exchange, String name) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Upload-Offset", String.valueOf(body.length));
        String text = name + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + new String(body, StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(202, head ? -1 : answer.length);
        if (!head) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(request(method, path, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }
}
