package io.mediasaga.web;

import io.mediasaga.tracing.TraceSpan;
import io.mediasaga.tracing.Traceparent;
import io.mediasaga.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Takes up the trace that a request names ({@code traceparent}, W3C Trace Context), and begins one for requests that begin something.
 * Other requests are part of no trace.
 */
final class TraceFilter extends OncePerRequestFilter {

    private static final String MDC_KEY = "trace_id";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Tracing tracing;
    private final PathSet beginnings;

    /** @param beginnings where requests that change something begin a trace */
    TraceFilter(Tracing tracing, PathSet beginnings) {
        this.tracing = tracing;
        this.beginnings = beginnings;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String parent = Traceparent.valid(request.getHeader(Traceparent.HEADER));
        if (parent == null && !begins(request)) {
            chain.doFilter(request, response);
            return;
        }
        TraceSpan span = tracing.begin(SpanKind.SERVER, request.getMethod(), parent);
        String here = span.traceparent();
        try (var _ = span.makeCurrent();
                var _ = MDC.putCloseable(MDC_KEY, here == null ? null : Traceparent.traceId(here))) {
            chain.doFilter(request, response);
        } finally {
            if (span.isRecorded()) {
                end(span, request, response);
            }
        }
    }

    private boolean begins(HttpServletRequest request) {
        return tracing.isOn() && !READING.contains(request.getMethod()) && beginnings.contains(request);
    }

    private static void end(TraceSpan span, HttpServletRequest request, HttpServletResponse response) {
        String route = route(request);
        if (route != null) {
            span.rename(request.getMethod() + " " + route);
            span.with("http.route", route);
        }
        span.with("http.request.method", request.getMethod())
                .with("url.path", request.getRequestURI())
                .with("http.response.status_code", response.getStatus())
                .with("mediasaga.request_id", RequestId.current());
        if (response.getStatus() >= 500) {
            span.failed("HTTP " + response.getStatus());
        }
        span.end();
    }

    private static @Nullable String route(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? null : request.getContextPath() + pattern;
    }
}
