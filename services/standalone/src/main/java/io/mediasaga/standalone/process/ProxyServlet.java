package io.mediasaga.standalone.process;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/** Passes requests on to the service that has their path. */
final class ProxyServlet extends HttpServlet implements AutoCloseable {

    private static final long serialVersionUID = 1L;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** They belong to one connection, or the client of the JDK sets them itself. */
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "content-length", "expect", "host", "http2-settings",
            "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade");

    private final transient List<Route> routes;
    private final transient HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    ProxyServlet(List<Route> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparingInt((Route route) -> route.path().length()).reversed())
                .toList();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Route route = routes.stream()
                .filter(candidate -> candidate.covers(request.getRequestURI()))
                .findFirst()
                .orElseThrow();
        HttpRequest passedOn = passedOn(request, route);
        HttpResponse<InputStream> answer;
        try {
            answer = client.send(passedOn, BodyHandlers.ofInputStream());
        } catch (IOException e) { // not to be reached, or gone before it answered
            problem(response, route);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem(response, route);
            return;
        }
        passBack(answer, response);
    }

    private static HttpRequest passedOn(HttpServletRequest request, Route route) throws IOException {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        URI target = URI.create("http://127.0.0.1:" + route.port() + request.getRequestURI() + query);
        HttpRequest.Builder builder = HttpRequest.newBuilder(target).method(request.getMethod(), body(request));
        for (String name : Collections.list(request.getHeaderNames())) {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                Collections.list(request.getHeaders(name)).forEach(value -> builder.header(name, value));
            }
        }
        builder.setHeader("X-Forwarded-For", request.getRemoteAddr());
        builder.setHeader("X-Forwarded-Proto", request.getScheme());
        String host = request.getHeader("Host");
        if (host != null) {
            builder.setHeader("X-Forwarded-Host", host);
        }
        return builder.build();
    }

    private static BodyPublisher body(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
            return BodyPublishers.noBody();
        }
        InputStream content = request.getInputStream();
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> content);
        return length < 0 ? stream : BodyPublishers.fromPublisher(stream, length);
    }

    private static void passBack(HttpResponse<InputStream> answer, HttpServletResponse response) throws IOException {
        try (InputStream content = answer.body()) {
            response.setStatus(answer.statusCode());
            answer.headers().map().forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                    values.forEach(value -> response.addHeader(name, value));
                }
            });
            answer.headers().firstValueAsLong("content-length").ifPresent(response::setContentLengthLong);
            OutputStream out = response.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                out.write(buffer, 0, read);
                if (content.available() == 0) {
                    out.flush(); // what comes slowly (progress, events) is not to wait here
                }
            }
        }
    }

    private static void problem(HttpServletResponse response, Route route) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/problem+json");
        response.setHeader("Retry-After", "2");
        response.getWriter().write("""
                {"type":"about:blank","title":"Service Unavailable","status":503,"code":"SERVICE_AWAY",\
                "detail":"The service of %s does not answer; it is being started again, try again shortly"}"""
                .formatted(route.path().isEmpty() ? "/" : route.path()));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
