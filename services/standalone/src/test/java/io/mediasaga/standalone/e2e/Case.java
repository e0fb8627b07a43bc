package io.mediasaga.standalone.e2e;

/**
 * A way in which a step does not succeed.
 *
 * @param step the step
 * @param how what happens to it
 * @param end the state in which its saga ends
 * @param script makes it happen and answers the saga, which need not have ended yet
 */
record Case(String step, String how, String end, Script script) {

    /** Makes something happen on a platform. */
    @FunctionalInterface
    interface Script {
        Place.Begun run(Stage stage) throws Exception;
    }

    static Case undone(String step, String how, Script script) {
        return new Case(step, how, "COMPENSATED", script);
    }

    @Override
    public String toString() {
        return step + " " + how;
    }
}
