package io.mediasaga.web;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;

/**
 * Says who makes a request. The one place to change when there are users and roles: a bean of this type takes the
 * place of the API token. Called from several threads.
 */
@FunctionalInterface
public interface RequestAuthenticator {

    /** Who makes the request, empty where that is not known; the request is answered with 401 then. */
    Optional<Principal> authenticate(HttpServletRequest request);
}
