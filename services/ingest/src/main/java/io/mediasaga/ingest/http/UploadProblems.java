package io.mediasaga.ingest.http;

import io.mediasaga.ingest.upload.StoreFailedException;
import io.mediasaga.ingest.upload.UploadException;
import io.mediasaga.storage.StorageFullException;
import io.mediasaga.storage.StoreUnavailableException;
import io.mediasaga.web.RequestId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what uploads fail with into problems, with the statuses of tus. */
@RestControllerAdvice
@Order(0)
class UploadProblems {

    private static final Logger log = LoggerFactory.getLogger(UploadProblems.class);
    private static final int CHECKSUM_MISMATCH = 460; // of tus; HTTP has none
    private static final String RETRY_LOCKED_SECONDS = "1";
    private static final String RETRY_AWAY_SECONDS = "5";
    private static final String RETRY_FULL_SECONDS = "60";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(UploadException failure) {
        Long offset = failure.offset();
        ResponseEntity.BodyBuilder response = ResponseEntity.status(status(failure.kind()));
        if (offset != null) {
            response.header(Tus.OFFSET, Long.toString(offset));
        }
        if (failure.kind() == UploadException.Kind.LOCKED) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_LOCKED_SECONDS);
        }
        String code = switch (failure.kind()) {
            case WRONG_OFFSET -> "WRONG_OFFSET";
            case TOO_LARGE -> "FILE_TOO_LARGE";
            case CHECKSUM_MISMATCH -> "CHECKSUM_MISMATCH";
            case LOCKED -> "UPLOAD_LOCKED";
            case GONE -> "UPLOAD_GONE";
            case COMPLETE -> "UPLOAD_COMPLETE";
            case CUT_OFF -> "UPLOAD_CUT_OFF";
        };
        return response.body(problem(status(failure.kind()), code, String.valueOf(failure.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> full(StorageFullException failure) {
        log.warn("An upload was refused: {}", failure.getMessage());
        return ResponseEntity.status(507)
                .header(HttpHeaders.RETRY_AFTER, RETRY_FULL_SECONDS)
                .body(problem(507, "STORAGE_FULL", "There is no room for the file now; what was acknowledged is kept, try again later"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> away(StoreFailedException failure) {
        if (failure.getCause() instanceof StoreUnavailableException) {
            log.warn("An upload has to wait: {}", failure.getMessage());
        } else {
            log.error("An upload has to wait", failure);
        }
        return ResponseEntity.status(503)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AWAY_SECONDS)
                .body(problem(503, "STORAGE_UNAVAILABLE", "The media store does not answer as it should; what was acknowledged is kept, try again"));
    }

    private static int status(UploadException.Kind kind) {
        return switch (kind) {
            case WRONG_OFFSET, COMPLETE -> 409;
            case TOO_LARGE -> 413;
            case CHECKSUM_MISMATCH -> CHECKSUM_MISMATCH;
            case LOCKED -> 423;
            case GONE -> 410;
            case CUT_OFF -> 408;
        };
    }

    private static ProblemDetail problem(int status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
        problem.setProperty("code", code);
        String requestId = RequestId.current();
        if (requestId != null) {
            problem.setProperty("request_id", requestId);
        }
        return problem;
    }
}
