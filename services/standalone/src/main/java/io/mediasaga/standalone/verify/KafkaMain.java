package io.mediasaga.standalone.verify;

import io.mediasaga.embedded.EmbeddedKafka;
import io.mediasaga.embedded.KafkaOptions;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A Kafka broker in a process of its own, so that it can be killed. */
final class KafkaMain {

    private KafkaMain() {}

    /** Arguments: the folder of its data, its port. */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedKafka kafka =
                EmbeddedKafka.start(KafkaOptions.in(Path.of(arguments[0])).withPort(Integer.parseInt(arguments[1])));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-kafka"));
        new CountDownLatch(1).await();
    }
}
