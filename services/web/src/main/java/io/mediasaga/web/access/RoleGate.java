package io.mediasaga.web.access;

import io.mediasaga.web.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets through who has a role that the method which would answer asks for. It goes by the method, not by the path, so that no other
 * spelling of a path leads around it.
 */
final class RoleGate implements HandlerInterceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final RateLimits limits;
    private final Map<Target, Rule> rules = new ConcurrentHashMap<>();

    RoleGate(RateLimits limits) {
        this.limits = limits;
    }

    private record Target(Class<?> type, Method method) {}

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || request.getDispatcherType() == DispatcherType.ASYNC) {
            return true;
        }
        @Nullable Rule rule = rule(method);
        if (rule != null && rule.open()) {
            return true;
        }
        @Nullable Caller caller = Caller.in(request).orElse(null);
        if (rule == null) {
            return foreign(request, method, caller);
        }
        require(caller, rule.roles());
        if (rule.limit() != null && caller != null) {
            limits.take(rule.limit(), caller);
        }
        return true;
    }

    private @Nullable Rule rule(HandlerMethod method) {
        Target target = new Target(method.getBeanType(), method.getMethod());
        Rule known = rules.get(target);
        if (known == null) {
            known = Rule.of(method);
            if (known != null) {
                rules.put(target, known);
            }
        }
        return known;
    }

    /** What a library answers by itself, such as the description of the API: public where its path is, else to be looked at. */
    private static boolean foreign(HttpServletRequest request, HandlerMethod method, @Nullable Caller caller) {
        if (!Rule.isForeign(method)) {
            throw new IllegalStateException("Nobody has said who may use " + method);
        }
        if (caller != null || !PublicPath.isOf(request)) {
            require(caller, Set.of(READING.contains(request.getMethod()) ? Role.VIEWER : Role.OPERATOR));
        }
        return true;
    }

    static void require(@Nullable Caller caller, Set<Role> roles) {
        if (caller == null) {
            throw new ProblemException(
                            HttpStatus.UNAUTHORIZED, "UNAUTHORIZED", "A token is missing: send it as Authorization: Bearer <token>")
                    .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"mediasaga\"");
        }
        if (roles.stream().noneMatch(caller::has)) {
            String needed = roles.stream().map(Role::label).sorted().collect(Collectors.joining(" or "));
            throw new ProblemException(
                            HttpStatus.FORBIDDEN, "ROLE_MISSING",
                            "This takes the role %s, which %s does not have. Ask whoever gave you access."
                                    .formatted(needed, caller.name()))
                    .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"mediasaga\", error=\"insufficient_scope\"");
        }
    }
}
