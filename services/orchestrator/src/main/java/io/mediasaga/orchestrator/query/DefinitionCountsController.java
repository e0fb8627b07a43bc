package io.mediasaga.orchestrator.query;

import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How many sagas there are of a definition, as far as indexes tell it: those that ended well are too many to count. */
@Tag(name = "Definitions")
@RestController
@Needs(Role.VIEWER)
class DefinitionCountsController {

    private static final String COUNT = """
            SELECT (SELECT count(*) FROM saga WHERE ended_at IS NULL AND namespace = :namespace AND definition = :name
                           AND status = 'RUNNING'),
                   (SELECT count(*) FROM saga WHERE ended_at IS NULL AND namespace = :namespace AND definition = :name
                           AND status = 'COMPENSATING'),
                   (SELECT count(*) FROM saga WHERE ended_at IS NULL AND namespace = :namespace AND definition = :name
                           AND status = 'HELD'),
                   (SELECT count(*) FROM saga WHERE status = 'COMPENSATED' AND namespace = :namespace AND definition = :name)
            """;

    private final JdbcClient jdbc;

    DefinitionCountsController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counts over all versions; undone sagas count until they are forgotten. */
    record Counts(long running, long compensating, long held, long compensated) {}

    /** How many sagas there are of a definition, all its versions together. */
    @GetMapping("/api/definitions/{namespace}/{name}/counts")
    Counts countSagas(@PathVariable String namespace, @PathVariable String name) {
        return jdbc.sql(COUNT)
                .param("namespace", namespace)
                .param("name", name)
                .query((rs, i) -> new Counts(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getLong(4)))
                .single();
    }
}
