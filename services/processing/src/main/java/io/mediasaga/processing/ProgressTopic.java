package io.mediasaga.processing;

import io.mediasaga.messaging.BatchHandler;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Has the topic of progress events provided, which belongs to no command and is only sent to. */
@Component
class ProgressTopic implements BatchHandler {

    static final String NAME = "events.processing.progress";

    @Override
    public Set<String> topics() {
        return Set.of();
    }

    @Override
    public Set<String> sentTopics() {
        return Set.of(NAME);
    }

    @Override
    public void handle(List<Message> messages) {
        throw new IllegalStateException("Nothing is listened to here");
    }
}
