package io.mediasaga.publish;

import io.mediasaga.web.access.Open;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page that shows a publication. */
@Open
@Controller
class WatchController {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final Publications publications;
    private final WatchPage page;

    WatchController(Publications publications, WatchPage page) {
        this.publications = publications;
        this.page = page;
    }

    @GetMapping("/{asset}/")
    void watch(@PathVariable String asset, HttpServletResponse response) throws IOException {
        Optional<Publication> publication = publications.find(Addresses.slugOfPart(asset));
        HttpStatus status = publication.isPresent() ? HttpStatus.OK : HttpStatus.NOT_FOUND;
        byte[] html = publication.map(page::render).orElseGet(page::renderNothing).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status.value());
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
        response.setHeader("Cache-Control", "no-cache");
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setContentLength(html.length);
        response.getOutputStream().write(html);
    }

    /** Without the slash at the end, the page's relative addresses would lead elsewhere. */
    @GetMapping("/{asset}")
    void withoutSlash(@PathVariable String asset, HttpServletResponse response) {
        response.setStatus(HttpStatus.PERMANENT_REDIRECT.value());
        // Relative, so that it holds behind any proxy; the part is plain by construction.
        response.setHeader("Location", "./" + Addresses.slugOfPart(asset) + "/");
    }
}
