package io.mediasaga.orchestrator.definition;

import io.mediasaga.crd.definition.InvalidDefinitionException;
import io.mediasaga.crd.definition.Violation;
import io.mediasaga.orchestrator.operation.Audit;
import io.mediasaga.orchestrator.operation.PlainText;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import io.mediasaga.web.description.Answers;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Definitions over HTTP. */
@Tag(name = "Definitions")
@RestController
@Needs(Role.OPERATOR)
@RequestMapping("/api/definitions")
class DefinitionController {

    private final Definitions definitions;
    private final DefinitionCatalog catalog;
    private final Audit audit;

    DefinitionController(Definitions definitions, DefinitionCatalog catalog, Audit audit) {
        this.definitions = definitions;
        this.catalog = catalog;
        this.audit = audit;
    }

    /** Accepts a definition: a whole MediaSaga or only its spec, YAML or JSON. The same one again changes nothing. */
    @Answers(value = {200, 201}, refusals = 422)
    @PutMapping(path = "/{namespace}/{name}", consumes = "*/*")
    ResponseEntity<DefinitionView> putDefinition(
            @PathVariable String namespace,
            @PathVariable String name,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = {
                                @Content(mediaType = "application/yaml", schema = @Schema(types = "string")),
                                @Content(mediaType = "application/json", schema = @Schema(types = "object"))
                            })
                    @RequestBody
                    String body,
            @RequestHeader(name = Audit.ACTOR_HEADER, defaultValue = Audit.ANONYMOUS) String actor) {
        try {
            Definitions.Put put = definitions.put(namespace, DefinitionBody.read(namespace, name, body));
            if (put.changed()) {
                String version = put.definition().key().toString();
                audit.write(PlainText.actor(actor), "PUT_DEFINITION", namespace + "/" + name, "", null, version);
            }
            return ResponseEntity.status(put.created() ? HttpStatus.CREATED : HttpStatus.OK)
                    .body(view(put.definition(), put.changed()));
        } catch (InvalidDefinitionException e) {
            throw refused(e);
        }
    }

    /** All definitions, each with its latest version. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping
    CursorPage<DefinitionView> listDefinitions() {
        return new CursorPage<>(definitions.all().stream().map(DefinitionView::of).toList(), null);
    }

    /** A definition with its steps and the number of its active sagas. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping("/{namespace}/{name}")
    DefinitionView getDefinition(@PathVariable String namespace, @PathVariable String name) {
        return view(definitions.find(namespace, name).orElseThrow(() -> unknown(namespace, name)), null);
    }

    /** Every version that was ever accepted, newest first. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping("/{namespace}/{name}/versions")
    CursorPage<DefinitionView> listDefinitionVersions(@PathVariable String namespace, @PathVariable String name) {
        List<CurrentDefinition> versions = definitions.versions(namespace, name);
        if (versions.isEmpty()) {
            throw unknown(namespace, name);
        }
        return new CursorPage<>(versions.stream().map(DefinitionView::of).toList(), null);
    }

    /** No new sagas for the time being; running ones go on. */
    @Answers(refusals = 409)
    @PostMapping("/{namespace}/{name}/suspend")
    DefinitionView suspendDefinition(
            @PathVariable String namespace,
            @PathVariable String name,
            @RequestHeader(name = Audit.ACTOR_HEADER, defaultValue = Audit.ANONYMOUS) String actor) {
        return change(namespace, name, DefinitionState.SUSPENDED, actor);
    }

    /** New sagas again. */
    @Answers(refusals = 409)
    @PostMapping("/{namespace}/{name}/resume")
    DefinitionView resumeDefinition(
            @PathVariable String namespace,
            @PathVariable String name,
            @RequestHeader(name = Audit.ACTOR_HEADER, defaultValue = Audit.ANONYMOUS) String actor) {
        return change(namespace, name, DefinitionState.ACTIVE, actor);
    }

    /** No new sagas; running ones finish on their version. */
    @DeleteMapping("/{namespace}/{name}")
    DefinitionView deleteDefinition(
            @PathVariable String namespace,
            @PathVariable String name,
            @RequestHeader(name = Audit.ACTOR_HEADER, defaultValue = Audit.ANONYMOUS) String actor) {
        return change(namespace, name, DefinitionState.DELETED, actor);
    }

    private DefinitionView change(String namespace, String name, DefinitionState state, String actor) {
        CurrentDefinition before =
                definitions.find(namespace, name).orElseThrow(() -> unknown(namespace, name));
        if (before.state() == DefinitionState.DELETED && state != DefinitionState.DELETED) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "DEFINITION_DELETED",
                    "The definition %s/%s has been deleted; PUT it again first".formatted(namespace, name));
        }
        CurrentDefinition after =
                definitions.changeState(namespace, name, state).orElseThrow(() -> unknown(namespace, name));
        audit.write(
                PlainText.actor(actor), "DEFINITION_" + state, namespace + "/" + name, "", before.state().name(),
                state.name());
        return view(after, null);
    }

    private DefinitionView view(CurrentDefinition definition, @Nullable Boolean changed) {
        VersionKey key = definition.key();
        long active = definitions.activeSagas(key.namespace(), key.name()).stream()
                .mapToLong(DefinitionStore.ActiveSagas::count)
                .sum();
        return DefinitionView.of(definition, changed, active, catalog.pinned(key).definition());
    }

    private static ProblemException unknown(String namespace, String name) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "DEFINITION_NOT_FOUND",
                "There is no definition %s/%s; GET /api/definitions lists them".formatted(namespace, name));
    }

    private static ProblemException refused(InvalidDefinitionException invalid) {
        List<Violation> violations = invalid.violations();
        return new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT, "INVALID_DEFINITION", String.valueOf(invalid.getMessage()))
                .with("violations", violations);
    }
}
