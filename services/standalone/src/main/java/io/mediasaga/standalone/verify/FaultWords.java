package io.mediasaga.standalone.verify;

import java.util.Iterator;
import java.util.stream.Stream;

/** The faults as words, for help and completion. */
final class FaultWords implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Stream.of(FaultKind.values()).map(kind -> kind.word() + " (" + kind.description() + ")").iterator();
    }
}
