package io.mediasaga.web.access;

import jakarta.servlet.http.HttpServletRequest;

/** The note at a request that its path needs no token. */
public final class PublicPath {

    private static final String ATTRIBUTE = PublicPath.class.getName();

    private PublicPath() {}

    /** Notes it. */
    public static void note(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, Boolean.TRUE);
    }

    static boolean isOf(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }
}
