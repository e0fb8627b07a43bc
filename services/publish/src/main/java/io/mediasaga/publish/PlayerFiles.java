package io.mediasaga.publish;

import io.mediasaga.web.access.Open;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The page's script and style, under {@code ~player/}, where no asset can be. Their addresses carry their checksum, so
 * browsers may keep them.
 */
@Open
@Controller
class PlayerFiles {

    private static final String HLS = "classpath:/META-INF/resources/webjars/hls.js/*/dist/hls.min.js";

    private final Map<String, PlayerFile> files = new HashMap<>();

    PlayerFiles() throws IOException {
        PathMatchingResourcePatternResolver resolver =
                new PathMatchingResourcePatternResolver(PlayerFiles.class.getClassLoader());
        Resource[] hls = resolver.getResources(HLS);
        if (hls.length != 1) {
            throw new IOException("The classpath has " + hls.length + " versions of hls.js; there has to be one");
        }
        add("hls.js", hls[0], "text/javascript");
        add("player.js", resolver.getResource("classpath:/publish-player/player.js"), "text/javascript");
        add("player.css", resolver.getResource("classpath:/publish-player/player.css"), "text/css");
        add("icon.svg", resolver.getResource("classpath:/publish-player/icon.svg"), "image/svg+xml");
    }

    private record PlayerFile(byte[] content, String type, String version) {}

    private void add(String name, Resource resource, String type) throws IOException {
        try (InputStream in = resource.getInputStream()) {
            byte[] content = in.readAllBytes();
            if (name.equals("hls.js")) {
                // The map that its last line names is not served.
                content = new String(content, StandardCharsets.UTF_8)
                        .replaceAll("//# sourceMappingURL=\\S+\\s*$", "").getBytes(StandardCharsets.UTF_8);
            }
            CRC32 sum = new CRC32();
            sum.update(content);
            files.put(name, new PlayerFile(content, type, HexFormat.of().toHexDigits((int) sum.getValue())));
        }
    }

    /** The address of the file, relative to a watch page. */
    String address(String name) {
        PlayerFile file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("The player has no file " + name);
        }
        return "../~player/" + name + "?v=" + file.version();
    }

    @GetMapping("/~player/{name}")
    void file(@PathVariable String name, HttpServletResponse response) throws IOException {
        PlayerFile file = files.get(name);
        if (file == null) {
            throw FileController.nothingThere();
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        response.setContentType(file.type());
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setContentLength(file.content().length);
        response.getOutputStream().write(file.content());
    }
}
