package io.mediasaga.standalone.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.web.server.WebServerException;

/**
 * One Tomcat, on one port of 127.0.0.1, that serves the contexts of several Spring applications. It takes connections from
 * {@link #open} on.
 */
public final class SharedTomcat implements AutoCloseable {

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_SWALLOWED_BYTES = 2 * 1024 * 1024;
    private static final int CONNECTION_TIMEOUT_MS = 20_000;

    /** Held here, as the logging of Java forgets levels of loggers that nobody holds. */
    private static final Logger CATALINA = Logger.getLogger("org.apache.catalina");

    private final Tomcat tomcat;
    private final Connector connector;
    private final int port;

    private SharedTomcat(Tomcat tomcat, Connector connector, int port) {
        this.tomcat = tomcat;
        this.connector = connector;
        this.port = port;
    }

    /** A Tomcat that is up but takes no connections yet. The port has to be free. */
    public static SharedTomcat start(Path folder, int port) {
        CATALINA.setLevel(Level.WARNING);
        Registry.disableRegistry(); // else each context's metrics would have those of all of them
        Tomcat tomcat = new Tomcat();
        try {
            tomcat.setBaseDir(Files.createDirectories(folder).toString());
            Files.createDirectories(folder.resolve("webapps"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make Tomcat's folder " + folder, e);
        }
        StandardHost host = (StandardHost) tomcat.getHost();
        host.setAutoDeploy(false);
        host.setStartChildren(false); // a context is started when Spring has finished it
        try {
            tomcat.start();
            return new SharedTomcat(tomcat, connector(port), port);
        } catch (LifecycleException e) {
            throw new WebServerException("Tomcat does not start", e);
        }
    }

    /** The settings of the services' own web server, which they have when they run alone. */
    private static Connector connector(int port) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(port);
        connector.setURIEncoding("UTF-8");
        connector.setThrowOnFailure(true);
        connector.setProperty("maxHttpRequestHeaderSize", String.valueOf(MAX_HEADER_BYTES));
        connector.setProperty("maxSwallowSize", String.valueOf(MAX_SWALLOWED_BYTES));
        connector.setProperty("connectionTimeout", String.valueOf(CONNECTION_TIMEOUT_MS));
        AbstractProtocol<?> protocol = (AbstractProtocol<?>) connector.getProtocolHandler();
        protocol.setAddress(InetAddress.getLoopbackAddress());
        protocol.setExecutor(new VirtualThreadExecutor("http-"));
        return connector;
    }

    /** Lets requests in. */
    public void open() {
        tomcat.getService().addConnector(connector);
        if (connector.getState() != LifecycleState.STARTED) {
            throw new WebServerException("The web server cannot listen on 127.0.0.1:" + port, null);
        }
    }

    /** Lets no more requests in; those under way go on. */
    public void closeGate() {
        if (connector.getState() == LifecycleState.STARTED) {
            connector.pause();
            connector.getProtocolHandler().closeServerSocketGraceful();
        }
    }

    /** The port of all contexts. */
    public int port() {
        return port;
    }

    StandardHost host() {
        return (StandardHost) tomcat.getHost();
    }

    /** Adds a servlet context that is no Spring application's, and starts it. */
    public Context addContext(String path) {
        try {
            Context context = tomcat.addContext(path, null);
            context.start();
            return context;
        } catch (LifecycleException e) {
            throw new WebServerException("The context " + path + " does not start", e);
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new WebServerException("Tomcat does not stop", e);
        }
    }
}
