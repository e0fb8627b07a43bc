package io.mediasaga.processing;

import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tells how far the processing of an asset is. */
@RestController
@Needs(Role.VIEWER)
class ProgressController {

    private final Jobs jobs;

    ProgressController(Jobs jobs) {
        this.jobs = jobs;
    }

    /** The latest work for the asset. */
    @GetMapping("/{assetId}")
    Jobs.Progress progress(@PathVariable String assetId) {
        return jobs.find(assetId)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "PROCESSING_NOT_FOUND",
                        "Nothing is known of the processing of an asset of that id: it has not begun, or it was long ago"));
    }
}
