package io.mediasaga.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Paths below the context path, given as patterns of Spring MVC, so that both read a path in the same way. */
final class PathSet {

    private static final String EVERYTHING = "/**";

    /** What a server, a proxy and we might read differently, in lower case. */
    private static final List<String> AMBIGUOUS = List.of(";", "//", "\\", "%2e", "%2f", "%5c", "%25", "/../", "/./");

    private final List<PathPattern> patterns;
    /** What paths begin with as far as the patterns say it literally: most requests are told apart by that alone. */
    private final List<String> beginnings;

    private final boolean everything;

    PathSet(List<String> patterns) {
        this.everything = patterns.contains(EVERYTHING);
        this.patterns =
                patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
        this.beginnings = patterns.stream().map(PathSet::beginning).distinct().toList();
    }

    private static String beginning(String pattern) {
        String literal = pattern.split("[*?{]", 2)[0];
        return literal.length() < pattern.length() ? literal.substring(0, Math.max(literal.lastIndexOf('/'), 0)) : literal;
    }

    boolean contains(HttpServletRequest request) {
        if (everything) {
            return true;
        }
        String uri = request.getRequestURI();
        int contextEnds = request.getContextPath().length();
        if (!begins(uri, contextEnds) || ambiguous(uri)) {
            return false;
        }
        RequestPath path = ServletRequestPathUtils.parseAndCache(request);
        PathContainer below = path.pathWithinApplication();
        return patterns.stream().anyMatch(pattern -> pattern.matches(below));
    }

    /** Every request is asked this, so it is done without streams. */
    private boolean begins(String uri, int contextEnds) {
        for (String beginning : beginnings) {
            if (uri.startsWith(beginning, contextEnds)) {
                return true;
            }
        }
        return false;
    }

    /** A path that can be read differently is never taken for an exception from a rule. */
    private static boolean ambiguous(String uri) {
        String path = uri.toLowerCase(Locale.ROOT);
        return AMBIGUOUS.stream().anyMatch(path::contains) || path.endsWith("/..") || path.endsWith("/.");
    }
}
