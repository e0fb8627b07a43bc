package io.mediasaga.operator.model;

import io.mediasaga.crd.definition.Durations;
import io.mediasaga.crd.topology.ParticipantSettings;
import io.mediasaga.crd.topology.SecretSettings;
import io.mediasaga.crd.v1alpha1.KafkaManagement;
import io.mediasaga.operator.settings.OperatorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one function from a MediaSaga, its neighbours and what is observed to what is wanted. Pure; thread-safe. */
public final class Planner {

    private final OperatorSettings settings;

    public Planner(OperatorSettings settings) {
        this.settings = settings;
    }

    /**
     * Computes what is wanted.
     *
     * @param self the MediaSaga
     * @param others every other valid one of the namespace that is not being deleted
     * @param observed what the cluster has
     */
    public Plan plan(Saga self, List<Saga> others, Observed observed) {
        List<Saga> older = others.stream()
                .filter(other -> other.isOlderThan(self))
                .sorted(Saga.OLDEST_FIRST)
                .toList();
        List<Conflict> conflicts = new ArrayList<>();
        List<TopicPlan> topics = Topics.plan(self, older, observed, conflicts);
        List<ParticipantPlan> participants = participants(self, older, observed, conflicts);
        Map<String, Credentials> copies = new HashMap<>();
        Set<String> kept = new HashSet<>();
        boolean keepAll = false;
        for (ParticipantPlan participant : participants) {
            if (participant.owned()) {
                copies(participant, observed, copies, kept);
                Rollout rollout = observed.rollouts().get(participant.name());
                keepAll |= rollout != null && !rollout.over();
            }
        }
        return new Plan(
                self.id(), self.topology(), observed, topics, users(self, others, older, participants), participants,
                copies, kept, keepAll, conflicts);
    }

    private static void copies(
            ParticipantPlan participant, Observed observed, Map<String, Credentials> copies, Set<String> kept) {
        String name = participant.name();
        Credentials current = observed.credentials().get(name);
        if (current != null && current.hash().equals(participant.credentials())) {
            copies.put(name, current);
        }
        Optional.ofNullable(participant.credentials()).ifPresent(hash -> kept.add(Names.credentialsCopy(name, hash)));
        Rollout rollout = observed.rollouts().get(name);
        if (rollout != null && rollout.credentials() != null) {
            kept.add(Names.credentialsCopy(name, rollout.credentials()));
        }
    }

    private List<ParticipantPlan> participants(
            Saga self, List<Saga> older, Observed observed, List<Conflict> conflicts) {
        Map<String, Saga> owners = new HashMap<>();
        List<String> owned = new ArrayList<>();
        for (ParticipantSettings participant : self.topology().participants()) {
            Saga owner = older.stream()
                    .filter(saga -> saga.participant(participant.name()).isPresent())
                    .findFirst()
                    .orElse(self);
            owners.put(participant.name(), owner);
            if (owner == self) {
                owned.add(participant.name());
            } else {
                compare(self, participant, owner, conflicts);
            }
        }
        Map<String, String> credentials = Rotation.choose(owned, observed);
        List<ParticipantPlan> plans = new ArrayList<>();
        for (ParticipantSettings participant : self.topology().participants()) {
            Saga owner = Objects.requireNonNull(owners.get(participant.name()));
            String hash = credentials.get(participant.name());
            String image = participant.image() != null ? participant.image() : settings.images().of(participant.name());
            boolean needy = self.topology().secrets() != null || settings.storage().keyed(participant.name());
            boolean deployable = !needy || hash != null;
            plans.add(new ParticipantPlan(participant, owner.id().name(), owner == self, image, hash, deployable));
        }
        return plans;
    }

    private static void compare(Saga self, ParticipantSettings mine, Saga owner, List<Conflict> conflicts) {
        ParticipantSettings theirs = owner.participant(mine.name()).orElseThrow();
        List<String> different = new ArrayList<>();
        note(different, "image", mine.image(), theirs.image());
        note(different, "port", mine.port(), theirs.port());
        note(different, "path", mine.path(), theirs.path());
        note(different, "replicas.min", mine.minReplicas(), theirs.minReplicas());
        note(different, "replicas.max", mine.maxReplicas(), theirs.maxReplicas());
        note(different, "replicas.cpuPercent", mine.cpuPercent(), theirs.cpuPercent());
        noteAll(different, "resources", mine.resources(), theirs.resources());
        noteAll(different, "env", mine.env(), theirs.env());
        var kafka = self.topology().kafka();
        var theirKafka = owner.topology().kafka();
        note(different, "kafka.management", kafka.management(), theirKafka.management());
        note(different, "kafka.cluster", kafka.cluster(), theirKafka.cluster());
        note(different, "kafka.bootstrapServers", kafka.bootstrapServers(), theirKafka.bootstrapServers());
        SecretSettings mySecrets = self.topology().secrets();
        SecretSettings theirSecrets = owner.topology().secrets();
        if (mySecrets == null || theirSecrets == null) {
            noteAll(different, "secrets", mySecrets, theirSecrets);
        } else {
            note(different, "secrets.store", mySecrets.store(), theirSecrets.store());
            note(different, "secrets.storeKind", mySecrets.storeKind(), theirSecrets.storeKind());
            note(different, "secrets.path", mySecrets.path(), theirSecrets.path());
            note(different, "secrets.refreshInterval", mySecrets.refreshInterval(), theirSecrets.refreshInterval());
        }
        if (!different.isEmpty()) {
            conflicts.add(new Conflict(
                    Conflict.Subject.PARTICIPANT,
                    "participant " + mine.name() + " belongs to MediaSaga " + owner.id().name() + ", which wants it otherwise: "
                            + String.join(", ", different) + "; make both equal, or give this one a name of its own"));
        }
    }

    private static void note(List<String> different, String what, @Nullable Object mine, @Nullable Object theirs) {
        if (!Objects.equals(mine, theirs)) {
            different.add(what + " is " + text(theirs) + " there and " + text(mine) + " here");
        }
    }

    /** The same for what has many parts. */
    private static void noteAll(List<String> different, String what, @Nullable Object mine, @Nullable Object theirs) {
        if (!Objects.equals(mine, theirs)) {
            different.add(what + (theirs == null ? " is not given there" : mine == null ? " is not given here" : " has other values there"));
        }
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "not given";
            case Duration duration -> Durations.format(duration);
            case Enum<?> one -> Arrays.stream(one.name().split("_"))
                    .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining());
            default -> value.toString();
        };
    }

    private static List<UserPlan> users(
            Saga self, List<Saga> others, List<Saga> older, List<ParticipantPlan> participants) {
        if (!strimzi(self)) {
            return List.of();
        }
        List<Saga> all = new ArrayList<>(others.stream().filter(Planner::strimzi).toList());
        all.add(self);
        List<UserPlan> users = new ArrayList<>();
        for (ParticipantPlan participant : participants) {
            if (participant.owned()) {
                users.add(Users.participant(participant.name(), all));
            }
        }
        if (older.stream().noneMatch(Planner::strimzi)) {
            users.add(Users.orchestrator(all));
        }
        return users;
    }

    private static boolean strimzi(Saga saga) {
        return saga.topology().kafka().management() == KafkaManagement.STRIMZI;
    }
}
