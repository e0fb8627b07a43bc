package io.mediasaga.standalone.bench.relay;

import io.mediasaga.embedded.ServiceDatabase;
import io.mediasaga.messaging.config.MessagingAutoConfiguration;
import io.mediasaga.tracing.TracingAutoConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Configuration;

/** A service with nothing but the messaging library, whose relay can be held back. */
final class RelayReplica implements AutoCloseable {

    private static final String RELAY = "outboxRelay";

    private final ConfigurableApplicationContext context;
    private final Lifecycle relay;

    private RelayReplica(ConfigurableApplicationContext context) {
        this.context = context;
        this.relay = context.getBean(RELAY, Lifecycle.class);
    }

    /** What a service that has the messaging library is made of, without handlers and without HTTP. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        KafkaAutoConfiguration.class,
        DataRedisAutoConfiguration.class,
        TracingAutoConfiguration.class,
        MessagingAutoConfiguration.class
    })
    static class Parts {}

    /** Starts it and holds its relay back. */
    static RelayReplica start(ServiceDatabase database, String kafka) {
        Map<String, String> settings = Map.of(
                "spring.config.name", "messaging-defaults",
                "spring.application.name", database.user(),
                "spring.datasource.url", database.url(),
                "spring.datasource.username", database.user(),
                "spring.datasource.password", database.password(),
                "spring.kafka.bootstrap-servers", kafka,
                "spring.main.banner-mode", "off",
                "spring.jmx.enabled", "false",
                "logging.threshold.console", "OFF");
        SpringApplication application = new SpringApplication(Parts.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        RelayReplica replica = new RelayReplica(application.run(arguments.toArray(String[]::new)));
        replica.relay.stop();
        return replica;
    }

    void letGo() {
        relay.start();
    }

    @Override
    public void close() {
        context.close();
    }
}
