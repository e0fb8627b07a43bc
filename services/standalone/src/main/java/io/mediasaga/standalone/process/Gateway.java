package io.mediasaga.standalone.process;

import io.mediasaga.standalone.web.SharedTomcat;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** One port for services that have one each, as an Ingress has it in a cluster: bodies are streamed in both directions. */
public final class Gateway implements AutoCloseable {

    private final SharedTomcat tomcat;
    private final ProxyServlet proxy;

    private Gateway(SharedTomcat tomcat, ProxyServlet proxy) {
        this.tomcat = tomcat;
        this.proxy = proxy;
    }

    /** Starts to serve the routes; the longest path that fits a request wins. */
    public static Gateway start(Path folder, int port, List<Route> routes) {
        SharedTomcat tomcat = SharedTomcat.start(folder, port);
        ProxyServlet proxy = new ProxyServlet(routes);
        Context context = tomcat.addContext("");
        context.setAllowCasualMultipartParsing(false);
        Wrapper wrapper = Tomcat.addServlet(context, "gateway", proxy);
        wrapper.setAsyncSupported(false);
        context.addServletMappingDecoded("/*", "gateway");
        tomcat.open();
        return new Gateway(tomcat, proxy);
    }

    /** The one port. */
    public int port() {
        return tomcat.port();
    }

    @Override
    public void close() {
        tomcat.closeGate();
        tomcat.close();
        proxy.close();
    }
}
