package io.mediasaga.standalone.bench;

/**
 * What one check of the audit found.
 *
 * @param rule what has to hold
 * @param violations how often it does not
 */
record Finding(String rule, long violations) {

    boolean holds() {
        return violations == 0;
    }
}
