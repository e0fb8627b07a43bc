package io.mediasaga.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Tells which part of a request is wrong, by the name that it has on the wire. */
final class InvalidInput {

    private InvalidInput() {}

    static ProblemDetail problem(HttpStatusCode status, List<Map<String, String>> errors) {
        String detail = errors.stream()
                .map(error -> error.get("field") + " " + error.get("message"))
                .collect(Collectors.joining("; "));
        ProblemDetail problem = Problems.of(status, "VALIDATION_FAILED", detail);
        problem.setProperty("errors", errors);
        return problem;
    }

    static ProblemDetail wrongType(TypeMismatchException ex) {
        String name = ex instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : ex.getPropertyName();
        String what = NestedExceptionUtils.getMostSpecificCause(ex) instanceof NotStorableException unstorable
                ? unstorable.why()
                : "must be " + TypeNames.of(ex.getRequiredType());
        return Problems.of(
                HttpStatus.BAD_REQUEST, "INVALID_PARAMETER", (name == null ? "A parameter" : name) + " " + what);
    }

    static List<Map<String, String>> errors(MethodArgumentNotValidException ex) {
        return ex.getAllErrors().stream().map(InvalidInput::error).toList();
    }

    static List<Map<String, String>> errors(HandlerMethodValidationException ex) {
        List<Map<String, String>> errors = new ArrayList<>();
        for (ParameterValidationResult result : ex.getParameterValidationResults()) {
            if (result instanceof ParameterErrors bean) {
                bean.getAllErrors().forEach(error -> errors.add(error(error)));
            } else {
                String name = result.getMethodParameter().getParameterName();
                result.getResolvableErrors().forEach(error -> errors.add(error(name, error)));
            }
        }
        return errors;
    }

    private static Map<String, String> error(ObjectError error) {
        return error(error instanceof FieldError field ? field.getField() : error.getObjectName(), error);
    }

    private static Map<String, String> error(@Nullable String name, MessageSourceResolvable error) {
        String message = error.getDefaultMessage();
        return Map.of(
                "field", name == null ? "request" : snakeCase(name),
                "message", message == null ? "is not valid" : message);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
