package io.mediasaga.orchestrator.console;

import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** What is too long for a page, as a file that browsers keep and never show. */
public final class Attachment {

    private Attachment() {}

    /** @param name of the file, without its ending; what file names may not have is replaced */
    public static ResponseEntity<String> json(String name, String content) {
        return of(name + ".json", MediaType.APPLICATION_JSON, content);
    }

    /** @param name of the file, without its ending */
    public static ResponseEntity<String> text(String name, String content) {
        return of(name + ".txt", new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8), content);
    }

    private static ResponseEntity<String> of(String name, MediaType type, String content) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return ResponseEntity.ok()
                .contentType(type)
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(safe).build().toString())
                .body(content);
    }
}
