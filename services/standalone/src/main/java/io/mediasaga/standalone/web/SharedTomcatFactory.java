package io.mediasaga.standalone.web;

import jakarta.servlet.ServletException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Host;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/**
 * Gives a Spring application a context on a {@link SharedTomcat} where it would otherwise start a web server of its own. All
 * that the application configures for its context holds; what concerns ports and connections is the shared one's.
 */
public final class SharedTomcatFactory extends TomcatServletWebServerFactory {

    private final SharedTomcat shared;

    /**
     * @param shared where the context goes
     * @param service whose it is
     */
    public SharedTomcatFactory(SharedTomcat shared, String service) {
        this.shared = shared;
        addContextCustomizers(context -> context.getPipeline().addValve(new ServiceValve(service)));
    }

    @Override
    public WebServer getWebServer(ServletContextInitializer... initializers) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        ServletContextInitializer[] watched = Arrays.stream(initializers)
                .map(initializer -> watched(initializer, failure))
                .toArray(ServletContextInitializer[]::new);
        Host host = shared.host();
        TempDirs folders = new TempDirs(shared.port());
        synchronized (host) { // applications start at the same time
            prepareContext(host, watched, folders);
        }
        String path = getSettings().getContextPath().toString();
        Context context = (Context) host.findChild(path);
        start(context, failure);
        return new ContextServer(context, folders);
    }

    /** Tomcat swallows what goes wrong in here. */
    private static ServletContextInitializer watched(
            ServletContextInitializer initializer, AtomicReference<@Nullable Throwable> failure) {
        return servletContext -> {
            try {
                initializer.onStartup(servletContext);
            } catch (ServletException | RuntimeException e) {
                failure.set(e);
                throw e;
            }
        };
    }

    private void start(Context context, AtomicReference<@Nullable Throwable> failure) {
        try {
            context.start();
        } catch (LifecycleException e) {
            failure.compareAndSet(null, e);
        }
        Throwable cause = failure.get();
        if (cause != null || context.getState() != LifecycleState.STARTED) {
            shared.host().removeChild(context);
            if (cause instanceof RuntimeException known) {
                throw known; // as it was, so that Spring can explain it
            }
            throw new WebServerException("The context '" + context.getPath() + "' does not start", cause);
        }
        loadOnStartup(context);
    }

    private static void loadOnStartup(Context context) {
        for (Container child : context.findChildren()) {
            if (child instanceof Wrapper servlet && servlet.getLoadOnStartup() >= 0) {
                try {
                    servlet.load();
                } catch (ServletException e) {
                    throw new WebServerException("The servlet " + servlet.getName() + " does not start", e);
                }
            }
        }
    }

    /** What the application takes for its web server. */
    private final class ContextServer implements WebServer {
        private final Context context;
        private final TempDirs folders;

        ContextServer(Context context, TempDirs folders) {
            this.context = context;
            this.folders = folders;
        }

        @Override
        public void start() {
            // it has been, with the context
        }

        @Override
        public void stop() {
            if (shared.host().findChild(context.getName()) != null) {
                shared.host().removeChild(context);
            }
            folders.cleanup();
        }

        @Override
        public int getPort() {
            return shared.port();
        }
    }
}
