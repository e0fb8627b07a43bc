package io.mediasaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(900)
class EmbeddedServersTest {

    @Test
    void databasesAreApart() throws Exception {
        TestDatabase one = EmbeddedServers.shared().newDatabase();
        TestDatabase other = EmbeddedServers.shared().newDatabase();
        try (Connection connection = connect(one.service("media"))) {
            connection.createStatement().execute("CREATE TABLE asset (id text)");
        }
        try (Connection connection = connect(other.service("media"))) {
            connection.createStatement().execute("CREATE TABLE asset (id text)");
        }
        assertThat(one.properties("quota"))
                .containsEntry("spring.datasource.username", "quota")
                .containsKeys("spring.kafka.bootstrap-servers", "spring.data.redis.port");
    }

    private static Connection connect(ServiceDatabase database) throws Exception {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    @Test
    void theSharedOnesAreTheSame() {
        Map<String, EmbeddedServers> twice =
                Map.of("one", EmbeddedServers.shared(), "other", EmbeddedServers.shared());
        assertThat(twice.values()).containsOnly(EmbeddedServers.shared());
    }
}
