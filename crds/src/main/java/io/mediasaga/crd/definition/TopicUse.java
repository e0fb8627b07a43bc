package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.Command;
import io.mediasaga.crd.v1alpha1.Compensation;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.Participant;
import io.mediasaga.crd.v1alpha1.Reply;
import io.mediasaga.crd.v1alpha1.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where a spec names a topic.
 *
 * @param path where
 * @param topic the name
 * @param kind what for
 * @param participant who reads a command or writes anything else
 */
record TopicUse(String path, String topic, Kind kind, String participant) {

    enum Kind {
        COMMAND,
        REPLY,
        LISTENS,
        SENDS
    }

    /** All of them, steps first. */
    static List<TopicUse> in(MediaSagaSpec spec) {
        List<TopicUse> uses = new ArrayList<>();
        for (int i = 0; i < spec.steps().size(); i++) {
            Step step = spec.steps().get(i);
            String path = Paths.step(i);
            exchange(uses, path, step.participant(), step.command(), step.success(), step.failure());
            Compensation undo = step.compensation();
            if (undo != null) {
                String undoPath = Paths.compensation(i);
                exchange(uses, undoPath, step.participant(), undo.command(), undo.success(), undo.failure());
            }
        }
        for (int i = 0; i < spec.participants().size(); i++) {
            Participant participant = spec.participants().get(i);
            String path = Paths.participant(i);
            list(uses, path + ".listens", participant.listens(), Kind.LISTENS, participant.name());
            list(uses, path + ".sends", participant.sends(), Kind.SENDS, participant.name());
        }
        return uses;
    }

    private static void exchange(
            List<TopicUse> uses,
            String path,
            String participant,
            @Nullable Command command,
            @Nullable Reply success,
            @Nullable Reply failure) {
        if (command != null) {
            uses.add(new TopicUse(path + ".command.topic", command.topic(), Kind.COMMAND, participant));
        }
        if (success != null) {
            uses.add(new TopicUse(path + ".success.topic", success.topic(), Kind.REPLY, participant));
        }
        if (failure != null) {
            uses.add(new TopicUse(path + ".failure.topic", failure.topic(), Kind.REPLY, participant));
        }
    }

    private static void list(List<TopicUse> uses, String path, List<String> topics, Kind kind, String participant) {
        for (int i = 0; i < topics.size(); i++) {
            uses.add(new TopicUse(path + "[" + i + "]", topics.get(i), kind, participant));
        }
    }
}
