package io.mediasaga.orchestrator.console;

import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Addresses of the console that no page has: a page for people says so. */
@Controller
class Nowhere {

    @Needs({Role.VIEWER, Role.OPERATOR, Role.UPLOADER})
    @GetMapping("/console/**")
    String nothing() {
        throw new ProblemException(HttpStatus.NOT_FOUND, "NO_PAGE", "The console has no page at this address.");
    }
}
