package io.mediasaga.orchestrator.owner;

import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Caller;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whose a saga is, by one field of its data. Uploaders start and see sagas of their own owners only. */
@Component
public class Ownership {

    private final String field;

    /** @param field of a saga's data that names the owner */
    Ownership(@Value("${mediasaga.orchestrator.owner-field:owner_id}") String field) {
        this.field = field;
    }

    /** The field of a saga's data that names its owner. */
    public String field() {
        return field;
    }

    /** @throws ProblemException 403 when the caller may not start a saga with these data */
    public void requireToStart(Caller caller, @Nullable ObjectNode data) {
        if (!mayActFor(caller, data)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN, "NOT_YOURS",
                    "data.%s has to name an owner for whom %s may upload: %s"
                            .formatted(field, caller.name(), String.join(", ", new TreeSet<>(caller.owners()))));
        }
    }

    /** Whether the caller may start such a saga and send its file. */
    public boolean mayActFor(Caller caller, @Nullable ObjectNode data) {
        return caller.mayActFor(owner(data));
    }

    /** Whether the caller may look at such a saga. */
    public boolean maySee(Caller caller, @Nullable ObjectNode data) {
        return caller.maySee(owner(data));
    }

    private @Nullable String owner(@Nullable ObjectNode data) {
        JsonNode owner = data == null ? null : data.get(field);
        return owner != null && owner.isString() ? owner.stringValue() : null;
    }
}
