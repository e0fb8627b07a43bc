package io.mediasaga.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class LogFormatTest {

    /** Logging is set up once for a JVM; here it begins anew. */
    @BeforeEach
    @AfterEach
    void forgetLogging() {
        LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    }

    @Test
    void aLineForPeopleNamesServiceRequestAndSaga(CapturedOutput output) {
        assertThat(lineOf("", output)).contains("INFO things [r1 s1] ").endsWith(" : hello");
    }

    @Test
    void logstashLinesCarryServiceRequestAndSaga(CapturedOutput output) {
        JsonNode line = JsonMapper.shared().readTree(lineOf("logstash", output));

        assertThat(line.get("message").asString()).isEqualTo("hello");
        assertThat(line.get("service_name").asString()).isEqualTo("things");
        assertThat(line.get("request_id").asString()).isEqualTo("r1");
        assertThat(line.get("saga_id").asString()).isEqualTo("s1");
        assertThat(line.get("trace_id").asString()).isEqualTo("t1");
    }

    @Test
    void ecsLinesCarryServiceRequestAndSaga(CapturedOutput output) {
        JsonNode line = JsonMapper.shared().readTree(lineOf("ecs", output));

        assertThat(line.get("service").get("name").asString()).isEqualTo("things");
        assertThat(line.get("request_id").asString()).isEqualTo("r1");
        assertThat(line.get("saga_id").asString()).isEqualTo("s1");
        assertThat(line.get("trace_id").asString()).isEqualTo("t1");
    }

    private static String lineOf(String format, CapturedOutput output) {
        SpringApplication application = new SpringApplication(TestApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(
                        "--spring.config.import=classpath:web-defaults.yaml",
                        "--spring.application.name=things",
                        "--spring.main.banner-mode=off",
                        "--mediasaga.log.format=" + format);
                var _ = MDC.putCloseable("request_id", "r1");
                var _ = MDC.putCloseable("saga_id", "s1");
                var _ = MDC.putCloseable("trace_id", "t1")) {
            LoggerFactory.getLogger(context.getId()).info("hello");
        }
        return output.getOut().lines().filter(line -> line.contains("hello")).reduce((a, b) -> b).orElseThrow();
    }
}
