package io.mediasaga.storage;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket in memory, with the rules of S3 that matter to us. */
final class FakeBucket {

    private static final int MIN_PART = 5 << 20;

    final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    final Map<String, Multipart> uploads = new ConcurrentHashMap<>();

    /** An object or a part. */
    record Stored(byte[] bytes, String tag, Instant modified) {
        static Stored of(byte[] bytes) {
            try {
                String tag = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
                return new Stored(bytes, '"' + tag + '"', Instant.now());
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** An unfinished object. */
    record Multipart(String key, NavigableMap<Integer, Stored> parts) {}

    /** A part as the client names it when it completes. */
    record Named(int number, String tag) {}

    String begin(String key) {
        String id = UUID.randomUUID().toString();
        uploads.put(id, new Multipart(key, new TreeMap<>()));
        return id;
    }

    /** Makes the object; the result is an error code, or empty. */
    String complete(String id, List<Named> named) {
        Multipart upload = uploads.get(id);
        if (upload == null) {
            return "NoSuchUpload";
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int before = 0;
        for (Named each : named) {
            Stored part = upload.parts().get(each.number());
            if (part == null || !part.tag().equals(each.tag())) {
                return "InvalidPart";
            }
            if (each.number() <= before) {
                return "InvalidPartOrder";
            }
            boolean last = each == named.getLast();
            if (!last && part.bytes().length < MIN_PART) {
                return "EntityTooSmall";
            }
            before = each.number();
            whole.writeBytes(part.bytes());
        }
        objects.put(upload.key(), Stored.of(whole.toByteArray()));
        uploads.remove(id);
        return "";
    }
}
