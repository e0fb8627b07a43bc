package io.mediasaga.orchestrator.console;

import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Open;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The console's scripts and styles. Their addresses carry their checksum, so browsers may keep them. */
@Controller
class ConsoleFiles {

    private static final String HTMX = "classpath:/META-INF/resources/webjars/htmx.org/*/dist/htmx.min.js";

    private final Map<String, ConsoleFile> files = new HashMap<>();

    ConsoleFiles() throws IOException {
        var resolver = new PathMatchingResourcePatternResolver(ConsoleFiles.class.getClassLoader());
        Resource[] htmx = resolver.getResources(HTMX);
        if (htmx.length != 1) {
            throw new IOException("The classpath has " + htmx.length + " versions of htmx; there has to be one");
        }
        add("htmx.js", htmx[0], "text/javascript");
        for (String script : new String[] {"theme.js", "console.js", "upload.js", "sign-in.js"}) {
            add(script, resolver.getResource("classpath:/console-files/" + script), "text/javascript");
        }
        add("console.css", resolver.getResource("classpath:/console-files/console.css"), "text/css");
        add("icon.svg", resolver.getResource("classpath:/console-files/icon.svg"), "image/svg+xml");
    }

    private record ConsoleFile(byte[] content, String type, String version) {}

    private void add(String name, Resource resource, String type) throws IOException {
        try (InputStream in = resource.getInputStream()) {
            byte[] content = in.readAllBytes();
            CRC32 sum = new CRC32();
            sum.update(content);
            files.put(name, new ConsoleFile(content, type, HexFormat.of().toHexDigits((int) sum.getValue())));
        }
    }

    /** The address of a file, for templates. */
    public String address(String name) {
        ConsoleFile file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("The console has no file " + name);
        }
        return "/console/files/" + name + "?v=" + file.version();
    }

    @Open
    @GetMapping("/console/files/{name}")
    void file(@PathVariable String name, HttpServletResponse response) throws IOException {
        ConsoleFile file = files.get(name);
        if (file == null) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "NOT_FOUND", "The console has no such file");
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
        response.setContentType(file.type());
        response.setCharacterEncoding("UTF-8");
        response.setContentLength(file.content().length);
        response.getOutputStream().write(file.content());
    }
}
