package io.mediasaga.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Paths below the context path, given as patterns of Spring MVC, so that both read a path in the same way. */
final class PathSet {

    private static final String EVERYTHING = "/**";

    private final List<PathPattern> patterns;
    private final boolean everything;

    PathSet(List<String> patterns) {
        this.everything = patterns.contains(EVERYTHING);
        this.patterns =
                patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
    }

    boolean contains(HttpServletRequest request) {
        if (everything) {
            return true;
        }
        if (patterns.isEmpty() || ambiguous(request.getRequestURI())) {
            return false;
        }
        RequestPath path = ServletRequestPathUtils.parseAndCache(request);
        PathContainer below = path.pathWithinApplication();
        return patterns.stream().anyMatch(pattern -> pattern.matches(below));
    }

    /** A path that a server, a proxy and we might read differently is never taken for an exception from a rule. */
    private static boolean ambiguous(String uri) {
        String path = uri.toLowerCase(Locale.ROOT);
        return Stream.of(";", "//", "\\", "%2e", "%2f", "%5c", "%25", "/../", "/./").anyMatch(path::contains)
                || path.endsWith("/..")
                || path.endsWith("/.");
    }
}
