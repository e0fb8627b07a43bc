package io.mediasaga.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers for what went wrong outside of controllers: in filters and in the servlet container. */
@RestController
class ProblemErrorController implements ErrorController {

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        // Somebody who asks for this path directly gets what any unknown path gets.
        int status = code instanceof Integer number ? number : HttpStatus.NOT_FOUND.value();
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setDetail(detail(status));
        return ResponseEntity.status(status).body(Problems.complete(problem));
    }

    private static String detail(int status) {
        return switch (status) {
            case 400 -> "The request cannot be understood";
            case 404 -> "There is nothing here";
            default -> status < 500
                    ? "The request was refused"
                    : "Something went wrong on our side; the service's log tells more under the request id";
        };
    }
}
