package io.mediasaga.web.description;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.List;

/** The body of every refusal. */
final class ProblemSchema {

    static final String NAME = "Problem";

    private ProblemSchema() {}

    static Schema<?> schema() {
        Schema<?> error = new ObjectSchema()
                .addProperty("field", text("Which part of the request."))
                .addProperty("message", text("What is wrong with it."));
        error.setRequired(List.of("field", "message"));
        Schema<?> problem = new ObjectSchema()
                .description("Problem details (RFC 9457). There may be more members, by the code.")
                .addProperty("type", text("A link about the kind of problem; absent as long as there is none.").format("uri-reference"))
                .addProperty("title", text("The status in words."))
                .addProperty("status", new IntegerSchema()
                        .format("int32")
                        .minimum(BigDecimal.valueOf(400))
                        .maximum(BigDecimal.valueOf(599))
                        .description("The status of the response."))
                .addProperty("detail", text("For people: what was wrong, where, and what to do."))
                .addProperty("instance", text("The path that was asked for.").format("uri-reference"))
                .addProperty("code", text("For programs: which problem it is.").pattern("^[A-Z][A-Z0-9_]*$"))
                .addProperty("request_id", text("The id under which logs tell more."))
                .addProperty("errors", new ArraySchema().items(error).description("Each part of the request that is wrong, where parts are."));
        problem.setRequired(List.of("status", "title", "detail", "code", "request_id"));
        return problem;
    }

    private static Schema<?> text(String description) {
        return new StringSchema().description(description);
    }
}
