package io.mediasaga.standalone.bench.ended;

import io.mediasaga.standalone.bench.ended.Original.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A row of the original in COPY's text form, with gaps for what differs from copy to copy. */
final class RowPattern {

    /** A part of the row. */
    private sealed interface Part {
        record Fixed(byte[] bytes) implements Part {}

        record Name(Role role) implements Part {}

        /** An id that stands in this one place only. */
        record OwnId(long kind, String original) implements Part {}

        record Time(long micros) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder fixed = new StringBuilder();
    private final Original original;
    private final Names names;

    RowPattern(Original original, Names names) {
        this.original = original;
        this.names = names;
    }

    void separator(char separator) {
        fixed.append(separator);
    }

    void absent() {
        fixed.append("\\N");
    }

    void time(long micros) {
        part(new Part.Time(micros));
    }

    void ownId(String value) {
        part(new Part.OwnId(value.hashCode(), value));
    }

    /** A text in which ids of the original may occur. */
    void text(String value) {
        String left = value;
        while (true) {
            Role first = null;
            int at = left.length();
            for (Role role : Original.roles()) {
                int found = left.indexOf(original.id(role));
                if (found >= 0 && found < at) {
                    first = role;
                    at = found;
                }
            }
            fixed.append(CopyText.escaped(left.substring(0, at)));
            if (first == null) {
                return;
            }
            part(new Part.Name(first));
            left = left.substring(at + original.id(first).length());
        }
    }

    private void part(Part part) {
        flush();
        parts.add(part);
    }

    /** Makes a part of what has been gathered; to be called when the row is complete. */
    RowPattern flush() {
        if (!fixed.isEmpty()) {
            parts.add(new Part.Fixed(fixed.toString().getBytes(StandardCharsets.UTF_8)));
            fixed.setLength(0);
        }
        return this;
    }

    /** Writes the row of a copy; of number 0 the row is the original's own. */
    void write(long copy, CopyText out) {
        for (Part part : parts) {
            switch (part) {
                case Part.Fixed(byte[] bytes) -> out.add(bytes);
                case Part.Name(Role role) -> out.addAscii(copy == 0 ? original.id(role) : name(role, copy));
                case Part.OwnId(long kind, String id) -> out.addAscii(copy == 0 ? id : names.id(kind, copy));
                case Part.Time(long micros) -> out.addTime(micros - names.ageMicros(copy));
            }
        }
    }

    private String name(Role role, long copy) {
        return role == Role.OWNER ? Names.owner(copy) : names.id(role.ordinal(), copy);
    }
}
