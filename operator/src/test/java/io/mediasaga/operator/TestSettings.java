package io.mediasaga.operator;

import io.mediasaga.operator.settings.OperatorSettings;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as the application would read them. */
public final class TestSettings {

    private TestSettings() {}

    /** @param properties below {@code mediasaga.operator.} */
    public static OperatorSettings of(Map<String, ?> properties) {
        var source = new MapConfigurationPropertySource();
        properties.forEach((name, value) -> source.put("mediasaga.operator." + name, value));
        return new Binder(source).bindOrCreate("mediasaga.operator", OperatorSettings.class);
    }
}
