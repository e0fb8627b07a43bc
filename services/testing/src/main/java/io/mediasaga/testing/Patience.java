package io.mediasaga.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Lets {@code await()} wait for {@link #LONG} where a test does not say for how long: how busy the machine is decides how long a
 * test takes, and not whether it passes. A test that fails only takes longer to do so. JUnit finds it by itself.
 */
public final class Patience implements TestExecutionListener {

    /** Longer than anything takes that comes at all, on two busy cores. */
    public static final Duration LONG = Duration.ofMinutes(3);

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Awaitility.setDefaultTimeout(LONG);
    }
}
