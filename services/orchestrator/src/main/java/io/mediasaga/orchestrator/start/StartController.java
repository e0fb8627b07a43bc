package io.mediasaga.orchestrator.start;

import io.mediasaga.orchestrator.owner.Ownership;
import io.mediasaga.orchestrator.start.StartOutcome.KeyForOtherBody;
import io.mediasaga.orchestrator.start.StartOutcome.KeyInFlight;
import io.mediasaga.orchestrator.start.StartOutcome.Repeated;
import io.mediasaga.orchestrator.start.StartOutcome.SagaExists;
import io.mediasaga.orchestrator.start.StartOutcome.Started;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.RateLimited;
import io.mediasaga.web.access.Role;
import io.mediasaga.web.description.Answers;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** Starts of sagas over HTTP. */
@Tag(name = "Sagas")
@RestController
@Needs(Role.UPLOADER)
public class StartController {

    private static final int LONGEST_KEY = 255;

    private final StartChecks checks;
    private final Backpressure backpressure;
    private final Starter starter;
    private final StartKeys keys;
    private final Ownership ownership;

    StartController(
            StartChecks checks, Backpressure backpressure, Starter starter, StartKeys keys, Ownership ownership) {
        this.checks = checks;
        this.backpressure = backpressure;
        this.starter = starter;
        this.keys = keys;
        this.ownership = ownership;
    }

    /**
     * Starts a saga. The answer comes once the start is durable. With a key, the same request again gets the same answer
     * and starts nothing.
     *
     * @param key makes the start happen once, however often it is sent; 1 to 255 characters
     */
    @RateLimited(RateLimited.Limit.STARTS)
    @Answers(value = 202, refusals = {404, 409, 422, 429}, headers = {"Location", "Idempotency-Replayed"})
    @PostMapping("/api/sagas")
    public ResponseEntity<StartedSaga> startSaga(
            @RequestBody StartRequest request,
            @Parameter(schema = @Schema(types = "string", minLength = 1, maxLength = LONGEST_KEY, pattern = "\\S"))
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            Caller caller) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw StartChecks.invalid(Map.of("Idempotency-Key", "must be 1 to " + LONGEST_KEY + " characters"));
        }
        StartChecks.requireStorable(request);
        ownership.requireToStart(caller, request.data());
        String bodyHash = key == null ? null : BodyHash.of(request);
        Start start;
        try {
            start = new Start(checks.check(request), key, bodyHash);
        } catch (ProblemException e) {
            // What was accepted once keeps its answer, whatever has become of the definition since.
            return earlier(key, bodyHash).orElseThrow(() -> e);
        }
        backpressure.check();
        StartOutcome outcome =
                starter.start(start).orElseThrow(() -> Backpressure.refusal("too many starts wait already"));
        return response(outcome, start);
    }

    private Optional<ResponseEntity<StartedSaga>> earlier(@Nullable String key, @Nullable String bodyHash) {
        return Optional.ofNullable(key)
                .map(given -> keys.known(Set.of(given)).get(given))
                .filter(known -> known.bodyHash().equals(bodyHash))
                .map(known -> accepted(known.answer(), true));
    }

    private static ResponseEntity<StartedSaga> response(StartOutcome outcome, Start start) {
        return switch (outcome) {
            case Started(StartedSaga answer) -> accepted(answer, false);
            case Repeated(StartedSaga answer) -> accepted(answer, true);
            case KeyInFlight _ -> throw new ProblemException(
                            HttpStatus.CONFLICT, "IDEMPOTENCY_KEY_IN_FLIGHT",
                            "Another start with this Idempotency-Key is being worked on; try again in a moment")
                    .retryAfter(1);
            case KeyForOtherBody _ -> throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT, "IDEMPOTENCY_KEY_REUSED",
                    "This Idempotency-Key was used with another body; use a new key for a new start");
            case SagaExists _ -> throw new ProblemException(
                    HttpStatus.CONFLICT, "SAGA_EXISTS",
                    "There is a saga %s already; leave saga_id out to get a new one".formatted(start.saga().id()));
        };
    }

    private static ResponseEntity<StartedSaga> accepted(StartedSaga answer, boolean repeated) {
        String path = "/api/sagas/" + UriUtils.encodePathSegment(answer.sagaId(), StandardCharsets.UTF_8);
        return ResponseEntity.accepted()
                .location(URI.create(path))
                .header("Idempotency-Replayed", Boolean.toString(repeated))
                .body(answer);
    }
}
