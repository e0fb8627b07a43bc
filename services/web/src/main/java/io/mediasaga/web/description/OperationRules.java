package io.mediasaga.web.description;

import io.mediasaga.web.access.Role;
import io.mediasaga.web.access.Rule;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;

/** Says of each operation who may use it, how it succeeds and how it refuses. */
final class OperationRules implements GlobalOperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        @Nullable Answers answers = handler.getMethodAnnotation(Answers.class);
        @Nullable Rule rule = Rule.of(handler);
        boolean open = rule == null || rule.open();
        boolean token = !open || answers != null && answers.asksForToken();
        if (!token) {
            operation.setSecurity(List.of());
        }
        if (!open) {
            operation.setDescription(description(operation, rule.roles()));
        }
        ApiResponses responses = new ApiResponses();
        ApiResponse success = operation.getResponses().get("200");
        for (int status : answers == null ? new int[] {HttpStatus.OK.value()} : answers.value()) {
            ApiResponse response = success(status, success);
            for (String header : answers == null ? new String[0] : answers.headers()) {
                response.addHeaderObject(header, new Header().schema(new StringSchema()));
            }
            responses.addApiResponse(Integer.toString(status), response);
        }
        for (int status : refusals(operation, token, rule, answers)) {
            responses.addApiResponse(Integer.toString(status), ProblemStatus.of(status).reference());
        }
        operation.setResponses(responses);
        return operation;
    }

    private static String description(Operation operation, Set<Role> roles) {
        String said = operation.getDescription() == null ? "" : operation.getDescription().strip() + "\n\n";
        return said + "Takes the role " + roles.stream().map(Role::label).sorted().collect(Collectors.joining(" or ")) + ".";
    }

    private static ApiResponse success(int status, @Nullable ApiResponse described) {
        HttpStatus known = HttpStatus.valueOf(status);
        ApiResponse response = new ApiResponse().description(known.getReasonPhrase());
        if (described != null && described.getContent() != null && !described.getContent().isEmpty() && known != HttpStatus.NO_CONTENT) {
            response.setContent(described.getContent());
        }
        if (described != null && described.getHeaders() != null) {
            described.getHeaders().forEach(response::addHeaderObject);
        }
        return response.addHeaderObject("X-Request-ID", ProblemStatus.requestId());
    }

    private static Set<Integer> refusals(Operation operation, boolean token, @Nullable Rule rule, @Nullable Answers answers) {
        Set<Integer> statuses = new TreeSet<>();
        if (token) {
            statuses.addAll(List.of(401, 403));
        }
        if (token || operation.getParameters() != null || operation.getRequestBody() != null) {
            statuses.addAll(List.of(400, 503));
        }
        if (hasPathVariable(operation)) {
            statuses.add(404);
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(List.of(413, 415));
        }
        if (operation.getResponses().values().stream().anyMatch(each -> each.getContent() != null && !each.getContent().isEmpty())) {
            statuses.add(406);
        }
        if (rule != null && rule.limit() != null) {
            statuses.add(429);
        }
        if (answers != null) {
            Arrays.stream(answers.refusals()).forEach(statuses::add);
        }
        return statuses;
    }

    private static boolean hasPathVariable(Operation operation) {
        return Stream.ofNullable(operation.getParameters()).flatMap(List::stream).anyMatch(each -> "path".equals(each.getIn()));
    }
}
