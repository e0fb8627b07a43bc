package io.mediasaga.standalone.verify;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be made to go wrong. */
public enum FaultKind {
    STEPS("steps fail: once, for good, or until their message is a dead letter; uploads fail or never come; sagas are cancelled"),
    DUPLICATES("messages come twice"),
    REORDER("copies of old messages come among new ones"),
    DELAY("messages are held back for seconds, so that others of the saga overtake them and replies come late"),
    DROP("the outbox's sends fail"),
    SKEW("the services' clocks differ by minutes"),
    KILL("service processes are killed (kill -9) and started again"),
    PAUSE("service processes are stopped for longer than their leases (SIGSTOP) and go on with old ones"),
    POSTGRES("PostgreSQL is killed (kill -9) and started again"),
    KAFKA("Kafka is killed (kill -9) and started again"),
    REDIS("Redis is killed and started again, empty");

    private final String description;

    FaultKind(String description) {
        this.description = description;
    }

    /** What it does, in words. */
    public String description() {
        return description;
    }

    /** As it is written on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it happens at moments of the schedule and not all the time. */
    boolean isEvent() {
        return switch (this) {
            case KILL, PAUSE, POSTGRES, KAFKA, REDIS -> true;
            case STEPS, DUPLICATES, REORDER, DELAY, DROP, SKEW -> false;
        };
    }

    /** How often it is in one round of the schedule. */
    int perRound() {
        return switch (this) {
            case KILL, PAUSE -> 3;
            default -> 1;
        };
    }

    /**
     * The kinds of a list such as {@code kill,pause}; {@code all} and {@code none} are possible as well.
     *
     * @throws VerifyException when a word is none of them
     */
    static Set<FaultKind> parse(String list) {
        EnumSet<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (String word : list.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
            switch (word) {
                case "all" -> kinds.addAll(EnumSet.allOf(FaultKind.class));
                case "none", "" -> {}
                default -> kinds.add(of(word));
            }
        }
        return kinds;
    }

    private static FaultKind of(String word) {
        return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst().orElseThrow(() -> new VerifyException(
                "There is no fault '%s'; use all, none, or some of %s, separated by commas".formatted(word, words())));
    }

    private static Set<String> words() {
        return Stream.of(values()).map(FaultKind::word).collect(Collectors.toCollection(TreeSet::new));
    }
}
