package io.mediasaga.orchestrator.console.access;

import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Open;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets only people through who are signed in, and says who they are to the gate of roles behind it. It goes by the method that would
 * answer, not by the path, so that no other spelling of a path leads around it.
 */
@Component
class SessionGate implements HandlerInterceptor {

    static final String SIGN_IN = "/console/sign-in";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " media-src 'self' blob:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'";

    private final SessionStore sessions;
    private final SessionCookie cookie;

    SessionGate(SessionStore sessions, SessionCookie cookie) {
        this.sessions = sessions;
        this.cookie = cookie;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || !ofConsole(method)) {
            return true;
        }
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            return true;
        }
        headers(response);
        if (has(method, Open.class)) {
            requireOwnSite(request);
            return true;
        }
        Optional<ConsoleSession> session = cookie.read(request).flatMap(sessions::find);
        if (session.isEmpty()) {
            askToSignIn(request, response);
            return false;
        }
        session.get().putInto(request);
        if (!READING.contains(request.getMethod())) {
            requireOwnSite(request);
            requireProof(request, session.get());
        }
        return true;
    }

    private static boolean ofConsole(HandlerMethod method) {
        String root = SessionGate.class.getPackageName();
        return method.getBeanType().getPackageName().startsWith(root.substring(0, root.lastIndexOf('.')));
    }

    private static <A extends java.lang.annotation.Annotation> boolean has(HandlerMethod method, Class<A> annotation) {
        return method.hasMethodAnnotation(annotation)
                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), annotation);
    }

    private static void headers(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.VARY, "HX-Request");
    }

    private static void askToSignIn(HttpServletRequest request, HttpServletResponse response) {
        boolean part = request.getHeader("HX-Request") != null;
        boolean reading = "GET".equals(request.getMethod());
        String next = part ? request.getHeader("HX-Current-URL") : reading ? pathAndQuery(request) : null;
        String target = SIGN_IN + (next == null || !next.startsWith("/")
                ? ""
                : "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        boolean page = !part && accepts(request, "text/html");
        response.setStatus(page ? HttpServletResponse.SC_FOUND : HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader(part ? "HX-Redirect" : HttpHeaders.LOCATION, target);
    }

    private static boolean accepts(HttpServletRequest request, String type) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null || accept.contains(type) || accept.contains("*/*");
    }

    private static String pathAndQuery(HttpServletRequest request) {
        return request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
    }

    /** Browsers say where a request comes from; who does not say is no browser, or asks over plain HTTP. */
    private static void requireOwnSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreign && !READING.contains(request.getMethod())) {
            throw new ProblemException(HttpStatus.FORBIDDEN, "FOREIGN_SITE", "Another site sent this form; nothing was done.");
        }
    }

    private static void requireProof(HttpServletRequest request, ConsoleSession session) {
        String header = request.getHeader("X-CSRF-Token");
        String given = header != null ? header : request.getParameter("_csrf");
        if (given == null || !Secrets.same(session.csrf(), given)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN, "FORM_TOO_OLD",
                    "This form belongs to another session; nothing was done. Reload the page and try again.");
        }
    }
}
