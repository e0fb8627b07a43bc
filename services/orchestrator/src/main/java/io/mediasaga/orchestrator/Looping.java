package io.mediasaga.orchestrator;

import org.springframework.context.SmartLifecycle;

/** A bean that does its work in a loop for as long as the application runs: after the relay starts, before the listeners do. */
public interface Looping extends SmartLifecycle {

    /** The one loop of the bean. */
    Loop loop();

    @Override
    default void start() {
        loop().start();
    }

    @Override
    default void stop() {
        loop().stop();
    }

    @Override
    default boolean isRunning() {
        return loop().isRunning();
    }

    @Override
    default int getPhase() {
        return 100;
    }
}
