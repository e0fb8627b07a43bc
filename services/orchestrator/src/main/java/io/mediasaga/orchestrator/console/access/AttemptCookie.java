package io.mediasaga.orchestrator.console.access;

import io.mediasaga.web.access.SignInAttempt;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Keeps a sign-in that is under way with the browser that began it, so that any replica can finish it. It has to come along when the
 * provider, another site, leads the person back; the session's own cookie never does.
 */
@Component
class AttemptCookie {

    private static final String NAME = "mediasaga_sign_in";
    private static final Duration AGE = Duration.ofMinutes(10);

    /** @param next the page that the person wanted */
    record Kept(SignInAttempt attempt, String next) {}

    Optional<Kept> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies).filter(cookie -> cookie.getName().equals(NAME)).findFirst().flatMap(AttemptCookie::parse);
    }

    private static Optional<Kept> parse(Cookie cookie) {
        String[] parts = cookie.getValue().split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        try {
            String next = new String(Base64.getUrlDecoder().decode(parts[3]), StandardCharsets.UTF_8);
            return Optional.of(new Kept(new SignInAttempt(parts[0], parts[1], parts[2]), next));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void write(HttpServletRequest request, HttpServletResponse response, SignInAttempt attempt, String next) {
        String address = Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8));
        add(request, response, String.join(".", attempt.state(), attempt.nonce(), attempt.verifier(), address), AGE);
    }

    void remove(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, "", Duration.ZERO);
    }

    private static void add(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        ResponseCookie cookie = ResponseCookie.from(NAME, value)
                .path(SessionGate.SIGN_IN)
                .httpOnly(true)
                .sameSite("Lax")
                .secure(SessionCookie.secure(request))
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
