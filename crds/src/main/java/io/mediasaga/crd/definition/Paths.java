package io.mediasaga.crd.definition;

/** Where things stand in a spec. */
final class Paths {

    private Paths() {}

    static String step(int index) {
        return "spec.steps[" + index + "]";
    }

    static String compensation(int step) {
        return step(step) + ".compensation";
    }

    static String participant(int index) {
        return "spec.participants[" + index + "]";
    }
}
