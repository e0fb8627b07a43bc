package io.mediasaga.web;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Makes problem details; the extension members are {@code code} and {@code request_id}. */
final class Problems {

    static final String CODE = "code";
    static final String REQUEST_ID = "request_id";

    private Problems() {}

    static ProblemDetail of(HttpStatusCode status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty(CODE, code);
        return problem;
    }

    /** A problem of which only the status is known, as the servlet container tells it. */
    static ProblemDetail ofContainer(int status) {
        String detail =
                switch (status) {
                    case 400 -> "The request cannot be understood";
                    case 404 -> "There is nothing here";
                    default ->
                        status < 500
                                ? "The request was refused"
                                : "Something went wrong on our side; the service's log tells more under the request id";
                };
        return of(HttpStatusCode.valueOf(status), codeOf(status), detail);
    }

    /** Adds what is missing: the code that goes with the status, and the id of the request. */
    static ProblemDetail complete(ProblemDetail problem) {
        Map<String, Object> properties = problem.getProperties();
        if (properties == null || !properties.containsKey(CODE)) {
            problem.setProperty(CODE, codeOf(problem.getStatus()));
        }
        String requestId = RequestId.current();
        if (requestId != null) {
            problem.setProperty(REQUEST_ID, requestId);
        }
        return problem;
    }

    /** The code of a problem that has no better one: the name of its status. */
    static String codeOf(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "HTTP_" + status : known.name();
    }
}
