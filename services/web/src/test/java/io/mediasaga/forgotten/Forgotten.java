package io.mediasaga.forgotten;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers requests, and nobody has said whose; outside of what the test application finds by itself. */
@RestController
public class Forgotten {

    @GetMapping("/forgotten")
    String nobodySaid() {
        return "secret";
    }
}
