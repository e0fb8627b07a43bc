package io.mediasaga.standalone.cli;

import io.mediasaga.embedded.LocalIssuer;
import java.time.Duration;
import java.util.List;

/** The address by which whoever sits at this machine is signed in to the console. */
final class SignInLink {

    /** How long the link and what it opens are good for. */
    static final Duration VALIDITY = Duration.ofHours(12);

    static final List<String> ALL_ROLES = List.of("viewer", "operator", "uploader");

    private SignInLink() {}

    /** The token goes behind {@code #}, which browsers send to nobody. */
    static String to(String address, LocalIssuer issuer) {
        return address + "/console/sign-in#token=" + issuer.token(user(), ALL_ROLES, VALIDITY);
    }

    static String user() {
        String user = System.getProperty("user.name", "");
        return user.isBlank() ? "somebody" : user;
    }
}
