package io.mediasaga.orchestrator.console.upload;

import io.mediasaga.messaging.Json;
import io.mediasaga.orchestrator.console.ConsoleProperties;
import io.mediasaga.orchestrator.owner.Ownership;
import io.mediasaga.orchestrator.query.SagaQueries;
import io.mediasaga.orchestrator.query.SagaView;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.ServiceToken;
import io.mediasaga.web.access.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Asks the service that takes files for the token of one upload, so that the API token never reaches a browser. */
@Component
class UploadTokens implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String UPLOAD_ID = "upload_id";

    private final SagaQueries sagas;
    private final ConsoleProperties properties;
    private final ObjectProvider<ServiceToken> token;
    private final Ownership ownership;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    UploadTokens(SagaQueries sagas, ConsoleProperties properties, ObjectProvider<ServiceToken> token, Ownership ownership) {
        this.sagas = sagas;
        this.properties = properties;
        this.token = token;
        this.ownership = ownership;
    }

    /**
     * The answer of that service; 202 while the saga is not so far.
     *
     * @throws ProblemException 404 for no such saga, 409 when it takes no file any more, 503 when that service is away
     */
    ResponseEntity<String> of(String id, Caller caller) {
        Optional<SagaView> own = sagas.find(id).filter(each -> ownership.mayActFor(caller, each.data()));
        SagaView saga = own.orElseThrow(() -> new ProblemException(
                HttpStatus.NOT_FOUND, "SAGA_NOT_FOUND", "There is no saga %s any more.".formatted(id)));
        if (!saga.state().equals("RUNNING")) {
            String why = saga.heldReason() != null ? saga.heldReason() : saga.reason();
            throw new ProblemException(
                    HttpStatus.CONFLICT, "NO_FILE_WANTED", "The saga takes no file any more. " + (why == null ? "" : why));
        }
        JsonNode upload = saga.data().get(UPLOAD_ID);
        URI uploads = properties.uploads();
        if (upload == null || uploads == null) {
            return ResponseEntity.accepted().build();
        }
        return ask(URI.create(uploads + "/tokens"), Json.write(Map.of(UPLOAD_ID, upload.asString(""))));
    }

    private ResponseEntity<String> ask(URI address, String body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.getObject().value())
                .header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return ResponseEntity.status(answer.statusCode())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(answer.body());
        } catch (IOException e) {
            throw away(address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(address);
        }
    }

    private static ProblemException away(URI address) {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE, "UPLOADS_UNAVAILABLE",
                "The service that takes files does not answer at %s.".formatted(address));
    }

    @Override
    public void destroy() {
        http.shutdownNow();
    }
}
