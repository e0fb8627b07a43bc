package io.mediasaga.standalone.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Says whose the requests of a context are. */
final class ServiceValve extends ValveBase {

    private final String service;

    ServiceValve(String service) {
        super(true);
        this.service = service;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        try (var _ = CurrentService.is(service)) {
            getNext().invoke(request, response);
        }
    }
}
