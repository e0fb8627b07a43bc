package io.mediasaga.standalone.platform;

import io.mediasaga.standalone.web.CurrentService;
import java.util.function.Supplier;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/** Puts the service into each line of a JSON log, as the services themselves do when they run alone. */
final class ServiceMember implements StructuredLoggingJsonMembersCustomizer<Object> {

    @Override
    public void customize(JsonWriter.Members<Object> members) {
        Supplier<String> service = CurrentService::name;
        members.add("service_name", service);
    }
}
