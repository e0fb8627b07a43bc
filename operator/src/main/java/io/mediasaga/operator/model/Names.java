package io.mediasaga.operator.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names and labels of what the operator makes. */
public final class Names {

    public static final String MANAGER = "mediasaga-operator";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String NAME = "app.kubernetes.io/name";
    public static final String PART_OF = "app.kubernetes.io/part-of";
    public static final String PARTICIPANT = "mediasaga.io/participant";
    /** The hash of the credentials that a pod runs with. */
    public static final String CREDENTIALS = "mediasaga.io/credentials";

    public static final String ORCHESTRATOR_USER = "mediasaga-orchestrator";

    private static final Pattern LEGAL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int LONGEST = 253;
    private static final int HASH_DIGITS = 10;

    private Names() {}

    /** The Secret that somebody, or External Secrets, keeps. */
    public static String credentials(String participant) {
        return participant + "-credentials";
    }

    /** The immutable copy of it. */
    public static String credentialsCopy(String participant, String hash) {
        return credentials(participant) + "-" + hash;
    }

    /**
     * The name of a topic's resource: the topic where Kubernetes allows it as a name, else what is most like it, with a
     * hash that keeps apart what would become equal.
     */
    public static String topicResource(String topic) {
        if (topic.length() <= LONGEST && LEGAL.matcher(topic).matches()) {
            return topic;
        }
        String like = topic.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.-]", "-")
                .replaceAll("[.-]*\\.[.-]*", ".")
                .replaceAll("^[.-]+|[.-]+$", "");
        String end = "-" + hash(topic);
        int most = LONGEST - end.length();
        return (like.isEmpty() ? "topic" : like.substring(0, Math.min(like.length(), most))) + end;
    }

    /** The first digits of the SHA-256 of a text. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
