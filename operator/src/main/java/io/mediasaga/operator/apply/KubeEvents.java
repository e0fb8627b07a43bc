package io.mediasaga.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mediasaga.operator.model.Names;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in {@code kubectl describe} what happens to a MediaSaga. An event that cannot be written is logged and forgotten. */
public final class KubeEvents {

    private static final Logger log = LoggerFactory.getLogger(KubeEvents.class);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int LONGEST_NOTE = 1024;
    private static final int CONFLICT = 409;
    private static final int LONGEST_NAME = 200;

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;

    /** @param instance which replica tells it */
    public KubeEvents(KubernetesClient client, Clock clock, String instance) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
    }

    /** Something went as it should. */
    public void normal(HasMetadata about, String reason, String note) {
        write(about, "Normal", reason, note);
    }

    /** Something needs a look. */
    public void warning(HasMetadata about, String reason, String note) {
        write(about, "Warning", reason, note);
    }

    private void write(HasMetadata about, String type, String reason, String note) {
        Instant now = clock.instant();
        String text = note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE - 1) + "…";
        String owner = about.getMetadata().getName();
        String name = owner.substring(0, Math.min(owner.length(), LONGEST_NAME)) + "."
                + Names.hash(reason + text + Optional.ofNullable(about.getMetadata().getUid()).orElse("") + now);
        Event event = new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(about.getMetadata().getNamespace())
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withType(type)
                .withReason(reason)
                .withAction("Reconcile")
                .withNote(text)
                .withReportingController("mediasaga.io/operator")
                .withReportingInstance(instance)
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(about.getApiVersion())
                        .withKind(about.getKind())
                        .withName(owner)
                        .withNamespace(about.getMetadata().getNamespace())
                        .withUid(about.getMetadata().getUid())
                        .build())
                .build();
        try {
            client.events().v1().events().inNamespace(about.getMetadata().getNamespace()).resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                log.warn("Cannot write the event {} of {}: {}", reason, owner, e.getMessage());
            }
        }
    }
}
