package io.mediasaga.embedded;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps what a broker says at every start out of the log of who embeds it; warnings stay. */
final class QuietLogs implements LoggerContextListener {

    private static final List<String> TALKATIVE =
            List.of("kafka", "org.apache.kafka", "state.change.logger", "io.zonky.test");

    private QuietLogs() {}

    /** Takes effect where Logback is what logs; elsewhere the configuration of that logger decides. */
    static synchronized void apply() { // servers start at the same time, and Logback keeps its listeners in a plain list
        try {
            if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                    && context.getCopyOfListenerList().stream().noneMatch(QuietLogs.class::isInstance)) {
                QuietLogs quiet = new QuietLogs();
                context.addListener(quiet);
                quiet.onReset(context);
            }
        } catch (NoClassDefFoundError e) {
            // no Logback here
        }
    }

    @Override
    public boolean isResetResistant() {
        return true; // Spring Boot resets the context when it starts
    }

    @Override
    public void onReset(LoggerContext context) {
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        // it warns of every activation, which is every start
        context.getLogger("org.apache.kafka.controller.QuorumController").setLevel(Level.ERROR);
        // it warns when two clients that come at the same time make it create the offsets topic
        context.getLogger("kafka.server.DefaultAutoTopicCreationManager").setLevel(Level.ERROR);
    }

    @Override
    public void onStart(LoggerContext context) {
        onReset(context);
    }

    @Override
    public void onStop(LoggerContext context) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}
}
