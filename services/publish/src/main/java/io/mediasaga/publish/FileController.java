package io.mediasaga.publish;

import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoredObject;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Open;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Serves the files of publications, to everyone. Nothing outside of a publication's folder can be named. */
@Open
@Controller
class FileController {

    private final Publications publications;
    private final MediaStore store;
    private final FileResponse responses;

    FileController(Publications publications, MediaStore store) {
        this.publications = publications;
        this.store = store;
        this.responses = new FileResponse(store);
    }

    // HEAD goes with GET. Named here, it would be preferred to that of a page, which has an address of the same form.
    @GetMapping("/{asset}/{*file}")
    void file(@PathVariable String asset, @PathVariable String file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        StoredObject object = publications.find(Addresses.slugOfPart(asset))
                .flatMap(publication -> find(publication, file.isEmpty() ? "" : file.substring(1)))
                .orElseThrow(FileController::nothingThere);
        responses.write(object, request, response);
    }

    /** Players on pages elsewhere ask first whether they may send {@code Range}. */
    @RequestMapping(path = "/{asset}/{*file}", method = RequestMethod.OPTIONS)
    void options(HttpServletResponse response) {
        FileResponse.allowOtherPages(response);
        response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
        response.setHeader("Access-Control-Allow-Headers", "Range, If-Range, If-None-Match, If-Modified-Since");
        response.setHeader("Access-Control-Max-Age", "86400");
        response.setHeader("Allow", "GET, HEAD, OPTIONS");
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    private Optional<StoredObject> find(Publication publication, String file) {
        try {
            return store.find(publication.prefix().resolve(file));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no name of a file, whatever it was meant to be
        } catch (IOException e) {
            throw unavailable();
        }
    }

    static ProblemException unavailable() {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "STORE_UNAVAILABLE",
                "The media store does not answer: try again in a moment").retryAfter(5);
    }

    static ProblemException nothingThere() {
        return new ProblemException(HttpStatus.NOT_FOUND, "NOT_PUBLISHED", "Nothing is published under this address");
    }
}
