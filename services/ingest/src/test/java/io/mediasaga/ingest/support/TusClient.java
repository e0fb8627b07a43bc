package io.mediasaga.ingest.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Plain HTTP to the service. */
public final class TusClient {

    private final int port;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public TusClient(int port) {
        this.port = port;
    }

    /** A request with what every tus request has; headers come in pairs. */
    public HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(3))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> send(String method, String path, String... headers) {
        return send(method, path, BodyPublishers.noBody(), headers);
    }

    public HttpResponse<String> head(String id, String token) {
        return send("HEAD", "/uploads/" + id, "Tus-Resumable", "1.0.0", "Authorization", "Bearer " + token);
    }

    public HttpResponse<String> patch(String id, String token, long offset, byte[] bytes, String... more) {
        return send("PATCH", "/uploads/" + id, BodyPublishers.ofByteArray(bytes), tus(token, offset, more));
    }

    /** Without a length in advance. */
    public HttpResponse<String> patchChunked(String id, String token, long offset, byte[] bytes, String... more) {
        return send(
                "PATCH",
                "/uploads/" + id,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)),
                tus(token, offset, more));
    }

    public HttpResponse<String> put(String id, String token, byte[] bytes, String... more) {
        return send("PUT", "/uploads/" + id + "/content", BodyPublishers.ofByteArray(bytes),
                join(more, "Upload-Token", token));
    }

    public String token(String assetId) {
        HttpResponse<String> response = send(
                "POST", "/uploads/tokens", BodyPublishers.ofString("{\"asset_id\": \"" + assetId + "\"}"),
                "Content-Type", "application/json", "Authorization", "Bearer " + IngestIntegration.API_TOKEN);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return response.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    /** Opens a PATCH that announces so many bytes, and sends only those given. */
    public Socket stall(String id, String token, long offset, long announced, byte[] first, String... more) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            StringBuilder head = new StringBuilder("PATCH /uploads/" + id + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                    + announced + "\r\n");
            String[] headers = tus(token, offset, more);
            for (int i = 0; i < headers.length; i += 2) {
                head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            }
            socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(first);
            socket.getOutputStream().flush();
            return socket;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String[] tus(String token, long offset, String... more) {
        return join(
                more,
                "Tus-Resumable", "1.0.0",
                "Authorization", "Bearer " + token,
                "Content-Type", "application/offset+octet-stream",
                "Upload-Offset", Long.toString(offset));
    }

    private static String[] join(String[] first, String... second) {
        String[] all = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
