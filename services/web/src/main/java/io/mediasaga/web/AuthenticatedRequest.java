package io.mediasaga.web;

import io.mediasaga.web.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of somebody who is known. Only the platform's own credential may name in {@code X-Actor} who asks; what a person does is
 * done in that person's name.
 */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

    private final Caller caller;

    AuthenticatedRequest(HttpServletRequest request, Caller caller) {
        super(request);
        this.caller = caller;
        caller.putInto(request);
    }

    @Override
    public Caller getUserPrincipal() {
        return caller;
    }

    @Override
    public String getRemoteUser() {
        return caller.name();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return namesActor(name) ? caller.name() : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return namesActor(name) ? Collections.enumeration(List.of(caller.name())) : super.getHeaders(name);
    }

    private boolean namesActor(String header) {
        return !caller.service() && Caller.ACTOR_HEADER.equalsIgnoreCase(header);
    }
}
