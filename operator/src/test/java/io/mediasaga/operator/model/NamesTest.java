package io.mediasaga.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void aLegalTopicIsItsOwnName() {
        assertThat(Names.topicResource("events.asset.created")).isEqualTo("events.asset.created");
    }

    @Test
    void othersBecomeLegalAndStayApart() {
        List<String> topics = List.of(
                "commands.asset.mark_failed", "commands.asset.mark-Failed", "Commands.asset.mark-failed", "_", "a..b", "a.-b", ".a",
                "x".repeat(249) + "_", "A".repeat(249));
        List<String> names = topics.stream().map(Names::topicResource).toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.length() <= 253)
                .allMatch(name -> name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"));
        assertThat(names.getFirst()).startsWith("commands.asset.mark-failed-");
    }
}
