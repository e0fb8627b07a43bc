package io.mediasaga.orchestrator.console.upload;

import io.mediasaga.orchestrator.console.ConsoleProperties;
import io.mediasaga.orchestrator.console.access.ConsoleSession;
import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.orchestrator.owner.Ownership;
import io.mediasaga.orchestrator.start.StartController;
import io.mediasaga.orchestrator.start.StartRequest;
import io.mediasaga.orchestrator.start.StartedSaga;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.RateLimited;
import io.mediasaga.web.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseBody;

/** Starts sagas whose definition takes a file, and lets the browser send the file. */
@Controller
@Needs(Role.UPLOADER)
class StartPages {

    /** What a definition asks for when it wants a file; the browser knows them. */
    private static final Set<String> OF_THE_FILE = Set.of("file_name", "content_type", "size_bytes");

    private static final Set<String> UNASKED = Set.of("file_name", "content_type", "size_bytes", "sha256");

    private final DefinitionCatalog catalog;
    private final StartController starts;
    private final UploadTokens tokens;
    private final ConsoleProperties properties;
    private final Ownership ownership;

    StartPages(
            DefinitionCatalog catalog, StartController starts, UploadTokens tokens, ConsoleProperties properties,
            Ownership ownership) {
        this.catalog = catalog;
        this.starts = starts;
        this.tokens = tokens;
        this.properties = properties;
        this.ownership = ownership;
    }

    /** A field that a person fills in. */
    record Field(String name, boolean required) {
        public String label() {
            String words = name.replace('_', ' ');
            return Character.toUpperCase(words.charAt(0)) + words.substring(1);
        }
    }

    /** A definition that takes a file. */
    record Form(String namespace, String name, List<Field> fields) {}

    @GetMapping("/console/start")
    String page(Model model, HttpServletRequest request) {
        List<Form> forms = properties.uploads() == null
                ? List.of()
                : catalog.current().stream()
                        .filter(each -> each.state().name().equals("ACTIVE"))
                        .map(DefinitionCatalog.Startable::definition)
                        .filter(each -> each.definition().data().startFields().containsAll(OF_THE_FILE))
                        .map(each -> new Form(each.key().namespace(), each.key().name(), fields(each.definition().data())))
                        .toList();
        model.addAttribute("ownerField", ownership.field());
        model.addAttribute("owner", ConsoleSession.of(request).caller().owners().stream().sorted().findFirst().orElse(""));
        model.addAttribute("forms", forms).addAttribute("possible", properties.uploads() != null);
        return "start";
    }

    private static List<Field> fields(io.mediasaga.crd.definition.DataRules rules) {
        return rules.startFields().stream()
                .filter(name -> !UNASKED.contains(name) && !rules.generated().contains(name))
                .map(name -> new Field(name, rules.required().contains(name)))
                .toList();
    }

    /** Starts one; the same as {@code POST /api/sagas}. */
    @RateLimited(RateLimited.Limit.STARTS)
    @PostMapping("/console/start")
    @ResponseBody
    ResponseEntity<StartedSaga> start(
            @RequestBody StartRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest http) {
        return starts.startSaga(request, key, ConsoleSession.of(http).caller());
    }

    /** Where the saga's file goes, once the saga is so far. */
    @PostMapping("/console/start/{saga}/token")
    @ResponseBody
    ResponseEntity<String> token(@PathVariable String saga, HttpServletRequest http) {
        return tokens.of(saga, ConsoleSession.of(http).caller());
    }
}
