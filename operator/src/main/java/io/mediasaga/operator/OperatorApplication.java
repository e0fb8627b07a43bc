package io.mediasaga.operator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The operator. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class OperatorApplication {

    public static void main(String[] args) {
        System.setProperty("spring.config.name", "operator");
        SpringApplication.run(OperatorApplication.class, args);
    }
}
