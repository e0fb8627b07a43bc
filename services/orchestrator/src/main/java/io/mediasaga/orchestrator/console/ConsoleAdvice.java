package io.mediasaga.orchestrator.console;

import io.mediasaga.orchestrator.console.access.ConsoleSession;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.RequestId;
import io.mediasaga.web.SenderFault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

/** What all pages have in common, and what becomes of errors: a page for people instead of a problem for programs. */
@ControllerAdvice(basePackageClasses = ConsoleAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleAdvice {

    private static final Logger log = LoggerFactory.getLogger(ConsoleAdvice.class);

    private final ConsoleFiles files;
    private final ConsoleFormat format;

    ConsoleAdvice(ConsoleFiles files, ConsoleFormat format) {
        this.files = files;
        this.format = format;
    }

    /** Whether only a part of a page is wanted. */
    static boolean isPart(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    @ModelAttribute
    void common(Model model, HttpServletRequest request) {
        Object session = request.getAttribute(ConsoleSession.class.getName());
        model.addAttribute("me", session);
        model.addAttribute("part", isPart(request)).addAttribute("files", files).addAttribute("format", format);
    }

    @ExceptionHandler
    @Nullable Object failed(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.debug("Nobody waits for {} any more", request.getRequestURI());
            return null;
        }
        return switch (failure) {
            case ProblemException problem -> page(
                    request, problem.getStatusCode().value(), String.valueOf(problem.getBody().getDetail()));
            case DataAccessResourceFailureException _, TransientDataAccessException _, CannotCreateTransactionException _ -> page(
                    request, HttpStatus.SERVICE_UNAVAILABLE.value(),
                    "The database cannot be reached or is too busy. Sagas are not lost by that; try again in a moment.");
            case ErrorResponse known when known.getStatusCode().is4xxClientError() -> page(
                    request, known.getStatusCode().value(),
                    known.getBody().getDetail() == null ? "The request cannot be understood." : known.getBody().getDetail());
            default -> unexpected(failure, request);
        };
    }

    private Object unexpected(Exception failure, HttpServletRequest request) {
        ProblemDetail fault = SenderFault.of(failure);
        if (fault != null) {
            return page(request, fault.getStatus(), String.valueOf(fault.getDetail()));
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        return page(
                request, HttpStatus.INTERNAL_SERVER_ERROR.value(),
                "Something went wrong on our side. The orchestrator's log tells more under the request id "
                        + RequestId.current() + ".");
    }

    private Object page(HttpServletRequest request, int status, String detail) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.startsWith(MediaType.APPLICATION_JSON_VALUE)) {
            ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.valueOf(status), detail);
            return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
        }
        ModelAndView page = new ModelAndView(isPart(request) ? "error :: part" : "error");
        page.setStatus(HttpStatus.valueOf(status));
        page.addObject("status", status).addObject("detail", detail);
        page.addObject("files", files).addObject("format", format);
        page.addObject("me", request.getAttribute(ConsoleSession.class.getName()));
        return page;
    }
}
