package io.mediasaga.standalone.verify;

import java.io.PrintWriter;
import java.util.Locale;

/** The same sagas and faults with and without automatic recovery. */
record Comparison(VerifyResult recovering, VerifyResult naive) {

    static Comparison of(VerifyResult recovering, VerifyResult naive) {
        return new Comparison(recovering, naive);
    }

    /** By how much fewer sagas need a person for the same number of faults, in percent. */
    double fewerPercent() {
        return naive.needsPerson() == 0 ? 0 : 100 * (1 - recovering.needsPersonPer10000() / naive.needsPersonPer10000());
    }

    void text(PrintWriter out) {
        out.println();
        out.println("With automatic recovery:");
        VerifyReport.text(recovering, out);
        out.println();
        out.println("Without retries, relay, timeouts and taking over (the audit has to fail):");
        VerifyReport.text(naive, out);
        out.println();
        out.println(String.format(Locale.ROOT, "Sagas that need a person for each 10,000 faults: %.1f without recovery, %.1f with it: %.1f %% fewer.",
                naive.needsPersonPer10000(), recovering.needsPersonPer10000(), fewerPercent()));
        out.flush();
    }
}
