package io.mediasaga.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Speaks as much of S3 as the store uses, over HTTP on 127.0.0.1. Lists by two, so that paging is tried too. */
final class FakeS3 implements AutoCloseable {

    private static final int PAGE = 2;
    private static final Pattern PART =
            Pattern.compile("<Part>(.*?)</Part>", Pattern.DOTALL);

    final FakeBucket bucket = new FakeBucket();
    volatile boolean full;
    volatile boolean busy;
    volatile boolean cutOff;
    private final HttpServer server;

    FakeS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            String key = path.length > 1 ? path[1] : "";
            if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                error(exchange, 403, "AccessDenied");
            } else if (busy) {
                error(exchange, 503, "SlowDown");
            } else if (!path[0].equals("films")) {
                error(exchange, 404, "NoSuchBucket");
            } else {
                switch (exchange.getRequestMethod()) {
                    case "PUT" -> put(exchange, key, query, body);
                    case "GET", "HEAD" -> get(exchange, key, query);
                    case "POST" -> post(exchange, key, query, new String(body, StandardCharsets.UTF_8));
                    case "DELETE" -> {
                        Object gone = query.containsKey("uploadId")
                                ? bucket.uploads.remove(query.get("uploadId"))
                                : bucket.objects.remove(key);
                        if (gone == null && query.containsKey("uploadId")) {
                            error(exchange, 404, "NoSuchUpload");
                        } else {
                            answer(exchange, 204, "");
                        }
                    }
                    default -> error(exchange, 405, "MethodNotAllowed");
                }
            }
        }
    }

    private void put(HttpExchange exchange, String key, Map<String, String> query, byte[] body) throws IOException {
        String source = exchange.getRequestHeaders().getFirst("x-amz-copy-source");
        FakeBucket.Stored stored = FakeBucket.Stored.of(body);
        if (full) {
            error(exchange, 507, "XMinioStorageFull");
        } else if (source != null) {
            String from = URLDecoder.decode(source, StandardCharsets.UTF_8).replaceFirst("^/?films/", "");
            if (bucket.objects.get(from) == null) {
                error(exchange, 404, "NoSuchKey");
                return;
            }
            if (query.containsKey("uploadId")) {
                copyPart(exchange, from, query);
                return;
            }
            bucket.objects.put(key, bucket.objects.get(from));
            answer(exchange, 200, "<CopyObjectResult><ETag>x</ETag></CopyObjectResult>");
        } else if (query.containsKey("uploadId")) {
            FakeBucket.Multipart upload = bucket.uploads.get(query.get("uploadId"));
            if (upload == null) {
                error(exchange, 404, "NoSuchUpload");
                return;
            }
            upload.parts().put(Integer.valueOf(query.get("partNumber")), stored);
            exchange.getResponseHeaders().set("ETag", stored.tag());
            answer(exchange, 200, "");
        } else {
            bucket.objects.put(key, stored);
            exchange.getResponseHeaders().set("ETag", stored.tag());
            answer(exchange, 200, "");
        }
    }

    private void copyPart(HttpExchange exchange, String from, Map<String, String> query) throws IOException {
        String[] ends = exchange.getRequestHeaders().getFirst("x-amz-copy-source-range").substring("bytes=".length()).split("-");
        byte[] piece = Arrays.copyOfRange(bucket.objects.get(from).bytes(), Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
        FakeBucket.Stored part = FakeBucket.Stored.of(piece);
        synchronized (bucket) {
            bucket.uploads.get(query.get("uploadId")).parts().put(Integer.valueOf(query.get("partNumber")), part);
        }
        answer(exchange, 200, "<CopyPartResult><ETag>" + part.tag().replace("\"", "&quot;") + "</ETag></CopyPartResult>");
    }

    private void get(HttpExchange exchange, String key, Map<String, String> query) throws IOException {
        if (query.containsKey("list-type")) {
            list(exchange, query);
        } else if (query.containsKey("uploads")) {
            String uploads = bucket.uploads.entrySet().stream()
                    .filter(each -> each.getValue().key().startsWith(query.get("prefix")))
                    .map(each -> "<Upload><Key>" + each.getValue().key() + "</Key><UploadId>" + each.getKey()
                            + "</UploadId></Upload>")
                    .collect(Collectors.joining());
            answer(exchange, 200, "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>" + uploads
                    + "</ListMultipartUploadsResult>");
        } else if (query.containsKey("uploadId")) {
            FakeBucket.Multipart upload = bucket.uploads.get(query.get("uploadId"));
            if (upload == null) {
                error(exchange, 404, "NoSuchUpload");
                return;
            }
            String parts = upload.parts().entrySet().stream()
                    .map(each -> "<Part><PartNumber>" + each.getKey() + "</PartNumber><ETag>"
                            + each.getValue().tag().replace("\"", "&quot;") + "</ETag><Size>"
                            + each.getValue().bytes().length + "</Size></Part>")
                    .collect(Collectors.joining());
            answer(exchange, 200, "<ListPartsResult><IsTruncated>false</IsTruncated>" + parts + "</ListPartsResult>");
        } else {
            object(exchange, bucket.objects.get(key));
        }
    }

    private void object(HttpExchange exchange, FakeBucket.@org.jspecify.annotations.Nullable Stored stored)
            throws IOException {
        if (stored == null) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        byte[] bytes = stored.bytes();
        int status = 200;
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range != null) {
            String[] ends = range.substring("bytes=".length()).split("-", 2);
            int from = Integer.parseInt(ends[0]);
            if (from >= bytes.length) {
                error(exchange, 416, "InvalidRange");
                return;
            }
            long to = ends[1].isEmpty() ? bytes.length - 1 : Math.min(Long.parseLong(ends[1]), bytes.length - 1L);
            bytes = Arrays.copyOfRange(bytes, from, (int) to + 1);
            status = 206;
        }
        exchange.getResponseHeaders().set("ETag", stored.tag());
        exchange.getResponseHeaders()
                .set("Last-Modified",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(stored.modified().atOffset(ZoneOffset.UTC)));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes, 0, cutOff ? bytes.length / 2 : bytes.length);
        }
    }

    private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
        String after = query.getOrDefault("continuation-token", "");
        List<String> keys = new ArrayList<>(bucket.objects.tailMap(after, false).keySet());
        keys.removeIf(key -> !key.startsWith(query.get("prefix")));
        if (query.containsKey("delimiter")) {
            int prefix = query.get("prefix").length();
            String folders = keys.stream()
                    .filter(key -> key.indexOf('/', prefix) > 0)
                    .map(key -> key.substring(0, key.indexOf('/', prefix) + 1))
                    .distinct()
                    .map(folder -> "<CommonPrefixes><Prefix>" + folder + "</Prefix></CommonPrefixes>")
                    .collect(Collectors.joining());
            answer(exchange, 200, "<ListBucketResult><IsTruncated>false</IsTruncated>" + folders + "</ListBucketResult>");
            return;
        }
        List<String> page = keys.subList(0, Math.min(PAGE, keys.size()));
        boolean more = keys.size() > page.size();
        String contents = page.stream()
                .map(key -> "<Contents><Key>" + key + "</Key><Size>" + bucket.objects.get(key).bytes().length
                        + "</Size><LastModified>" + bucket.objects.get(key).modified() + "</LastModified></Contents>")
                .collect(Collectors.joining());
        answer(exchange, 200, "<ListBucketResult><IsTruncated>" + more + "</IsTruncated>"
                + (more ? "<NextContinuationToken>" + page.getLast() + "</NextContinuationToken>" : "")
                + contents + "</ListBucketResult>");
    }

    private void post(HttpExchange exchange, String key, Map<String, String> query, String body) throws IOException {
        if (query.containsKey("uploads")) {
            answer(exchange, 200, "<InitiateMultipartUploadResult><UploadId>" + bucket.begin(key)
                    + "</UploadId></InitiateMultipartUploadResult>");
        } else if (query.containsKey("delete")) {
            Matcher keys = Pattern.compile("<Key>(.*?)</Key>").matcher(body);
            while (keys.find()) {
                bucket.objects.remove(keys.group(1));
            }
            answer(exchange, 200, "<DeleteResult/>");
        } else {
            List<FakeBucket.Named> parts = PART.matcher(body).results()
                    .map(part -> new FakeBucket.Named(
                            Integer.parseInt(find("PartNumber", part.group())),
                            find("ETag", part.group()).replace("&quot;", "\"")))
                    .toList();
            String problem = bucket.complete(query.get("uploadId"), parts);
            if (problem.isEmpty()) {
                answer(exchange, 200, "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>");
            } else {
                error(exchange, problem.equals("NoSuchUpload") ? 404 : 400, problem);
            }
        }
    }

    private static String find(String element, String xml) {
        Matcher found = Pattern.compile("<" + element + ">(.*?)</" + element + ">").matcher(xml);
        return found.find() ? found.group(1) : "";
    }

    private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String each : raw == null ? new String[0] : raw.split("&")) {
            String[] pair = each.split("=", 2);
            query.put(pair[0], pair.length > 1 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "");
        }
        return query;
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        answer(exchange, status, "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
    }

    private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length == 0 || head ? -1 : body.length);
        if (body.length > 0 && !head) {
            exchange.getResponseBody().write(body);
        }
    }
}
