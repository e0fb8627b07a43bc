package io.mediasaga.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Definitions for tests. */
public final class Sagas {

    private Sagas() {}

    /** The sample of the project, with topics by Strimzi. */
    public static String publish() {
        try {
            String sample = Files.readString(Path.of("../k8s/samples/publish-media-asset.yaml"));
            String strimzi = sample.replaceFirst(
                    "kafka: \\{management: Direct, bootstrapServers: \"[^\"]*\", ", "kafka: {management: Strimzi, ");
            if (strimzi.equals(sample)) {
                throw new IllegalStateException("The sample's kafka has another form");
            }
            return strimzi;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two participants, one step each. */
    public static String order(String name) {
        return order(name, "orders", "payments");
    }

    /** The same with other participants; its topics are named after it. */
    public static String order(String name, String first, String second) {
        return """
                apiVersion: mediasaga.io/v1alpha1
                kind: MediaSaga
                metadata: {name: %1$s}
                spec:
                  deadline: 1h
                  data: {required: [order_id]}
                  kafka: {partitions: 6, replicas: 3}
                  secrets: {store: vault, path: shop}
                  participants:
                    - {name: %2$s, image: "registry.example/orders:1", path: /api/orders, replicas: {min: 2, max: 4}}
                    - {name: %3$s, image: "registry.example/payments:1", replicas: {min: 1, max: 1}}
                  steps:
                    - name: PlaceOrder
                      participant: %2$s
                      command: {topic: commands.%1$s.place, type: OrderPlace, payload: [order_id]}
                      success: {topic: events.%1$s.placed, type: OrderPlaced}
                      failure: {topic: events.%1$s.failed, type: OrderFailed}
                      compensation: {none: Nothing to undo}
                    - name: TakePayment
                      participant: %3$s
                      pivot: true
                      command: {topic: commands.%1$s.pay_now, type: PaymentTake, payload: [order_id]}
                      success: {topic: events.%1$s.paid, type: PaymentTaken}
                      failure: {topic: events.%1$s.failed, type: PaymentFailed}
                """.formatted(name, first, second);
    }
}
