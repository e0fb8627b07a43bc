package io.mediasaga.ingest.http;

import io.mediasaga.ingest.upload.Endings;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Ends uploads at the wish of the client, and tells of those that have ended. */
@Component
class Termination {

    private final Endings endings;

    Termination(Endings endings) {
        this.endings = endings;
    }

    /** @throws ProblemException 409 when it is complete, 410 when it has ended in another way */
    void terminate(Upload upload) {
        requireAlive(upload);
        if (upload.status() == Upload.Status.UPLOADED
                || !endings.failed(
                        upload.id(), new Upload.Failure("UPLOAD_TERMINATED", "The upload was terminated by the client."))) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "UPLOAD_COMPLETE",
                    "The upload is over already, so it cannot be terminated; cancel the saga instead");
        }
    }

    /** @throws ProblemException 410 when it takes no more bytes and is not complete */
    void requireAlive(Upload upload) {
        Upload.Failure failure = upload.failure();
        boolean expired = upload.status() == Upload.Status.OPEN && upload.expired() && !upload.unfinished();
        if (expired || upload.status() == Upload.Status.FAILED || upload.status() == Upload.Status.CLEANED) {
            String why = failure != null ? failure.reason() : expired ? "The file was not uploaded in time." : "Its saga is over.";
            throw new ProblemException(HttpStatus.GONE, "UPLOAD_GONE", "The upload has ended. " + why);
        }
    }
}
