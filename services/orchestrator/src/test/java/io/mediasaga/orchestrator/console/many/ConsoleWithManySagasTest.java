package io.mediasaga.orchestrator.console.many;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.crd.definition.SagaDefinitions;
import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.orchestrator.OrchestratorApplication;
import io.mediasaga.orchestrator.support.Api;
import io.mediasaga.orchestrator.support.ConsoleClient;
import io.mediasaga.orchestrator.support.Participants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Every page of the console among a hundred thousand sagas. What is asserted is what PostgreSQL read for it, never how long it
 * took; that is written into {@code target/console-with-100000-sagas.txt}.
 */
@SpringBootTest(
        classes = OrchestratorApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=orchestrator", "mediasaga.api.token=" + Api.TOKEN, "mediasaga.messaging.topics.partitions=3",
            "mediasaga.orchestrator.retention.sagas=30d"
        })
@DirtiesContext
class ConsoleWithManySagasTest {

    private static final Path SAMPLE = Path.of("../../k8s/samples/publish-media-asset.yaml");
    private static final Set<String> BIG = Set.of("saga", "saga_history", "dead_letter", "audit", "redrive", "timer");
    private static final Pattern OLDER = Pattern.compile("href=\"([^\"]*cursor=[^\"]*)\"[^>]*>(?:Older|Look further back)");

    /** What the orchestrator asks by itself all the time. */
    private static final Pattern BACKGROUND =
            Pattern.compile("\\btimer\\b|\\bpulse\\b|\\bstandstill\\b|definition_version v|FROM redrive WHERE finished_at");

    /** A page with what stands on it and a little more. */
    private static final long A_PAGE = 400;

    /** What has not ended, which is looked through as a whole. */
    private static final long UNENDED = 6_500;

    /** A bounded walk: to where it ends, and there. */
    private static final long A_WALK = 2 * 20_000 + A_PAGE;

    private static final int LARGEST = 200_000;

    private static final TestDatabase DATABASE = EmbeddedServers.shared().newDatabase();
    private static Plans plans;

    @Autowired
    private Environment environment;

    private final List<String> report = new ArrayList<>();
    private ConsoleClient console;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        DATABASE.properties("orchestrator").forEach((name, value) -> registry.add(name, () -> value));
        plans = Plans.of(DATABASE);
    }

    @Test
    void everyPageReadsByAnIndexOrABoundedNumberOfRows() throws Exception {
        String sample = Files.readString(SAMPLE);
        var definition = SagaDefinitions.load(sample, SAMPLE.toString());
        Api api = new Api(environment.getRequiredProperty("local.server.port", Integer.class));
        new Participants(definition, EmbeddedServers.shared().kafka().bootstrapServers()).close(); // makes the topics
        try (var client = new ConsoleClient(api.base(), "Ada");
                Connection connection = DATABASE.superuser()) {
            console = client;
            api.put("/api/definitions/default/publish-media-asset", sample).expect(201);
            ManySagas.fill(connection, definition);
            sagas();
            oneSaga();
            letters();
            audit();
            assertThat(look("/console/health", A_PAGE)).contains("Sagas held");
            look("/console/start", A_PAGE);
        } finally {
            Files.write(Files.createDirectories(Path.of("target")).resolve("console-with-100000-sagas.txt"), report);
        }
    }

    private void sagas() {
        String first = look("/console/sagas", A_PAGE);
        assertThat(first).contains("saga-100000");
        String second = look(older(first), A_PAGE);
        look(older(second), A_PAGE);
        look("/console/sagas?cursor=" + cursorAt("saga-5000"), A_PAGE); // page 1,900
        look("/console/sagas/rows", A_PAGE);
        for (String state : List.of("HELD", "COMPENSATING", "COMPENSATED")) {
            look(older(look("/console/sagas?state=" + state, A_PAGE)), A_PAGE);
        }
        for (String query : List.of("state=RUNNING", "state=PAUSED", "step=WaitFileUploaded", "step=WaitFileUploaded&state=RUNNING",
                "step=ProcessMedia", "state=HELD&step=ProcessMedia", "state=HELD&definition=trip", "state=RUNNING&definition=publish-media-asset")) {
            look("/console/sagas?" + query, UNENDED);
        }
        look(older(look("/console/sagas?state=COMPLETED", A_WALK)), A_WALK);
        look("/console/sagas?definition=publish-media-asset", A_WALK);

        String none = look("/console/sagas?definition=trip", A_WALK);
        assertThat(none).contains("None among").contains("Look further back");
        int steps = 0;
        while (none.contains("Look further back")) {
            none = look(older(none), A_WALK);
            steps++;
        }
        assertThat(steps).isEqualTo(4);
        assertThat(none).contains("saga-2050").contains("saga-150");

        assertThat(look("/console/sagas?q=saga-777", 5 * A_PAGE + 4_000)).contains("/console/sagas/saga-777\"");
        assertThat(look("/console/sagas?q=asset-88888", 4_000 + A_PAGE)).contains("/console/sagas/saga-88888\"");
        assertThat(look("/console/sagas?q=request-4", 4_000 + A_PAGE)).contains("/console/sagas/saga-4\"");
        assertThat(look("/console/sagas?q=owner-17", 4_000 + A_PAGE)).contains("/console/sagas/saga-5016\"");
        look(older(look("/console/sagas?q=owner-0", 4_000 + A_PAGE)), 4_000 + A_PAGE);
        look("/console/sagas?q=owner-0&state=HELD", 20_000 + A_PAGE); // as many as that owner has
        look("/console/sagas?q=owner-17&state=COMPLETED", 4_000 + A_PAGE);
        look("/console/sagas?q=owner-17&step=WaitFileUploaded", UNENDED);
        look("/console/sagas?q=nobody", 4_000 + A_PAGE);
    }

    private void oneSaga() {
        look("/console/sagas/saga-50", A_PAGE);
        look("/console/sagas/saga-100000/live", A_PAGE);
        String held = look("/console/sagas/saga-" + ManySagas.LONG, ManySagas.LONG_LINES + A_PAGE, 2 * LARGEST);
        assertThat(held).contains("Waits for a person at ProcessMedia").contains("All of its history").contains("done by hand");
        String history = look("/console/sagas/saga-" + ManySagas.LONG + "/history", 1000, 4 * LARGEST);
        assertThat(history).contains("Attempt 2000 failed").doesNotContain("Attempt 1500 failed");
        assertThat(look(older(history), 1000, 4 * LARGEST)).contains("Attempt 1500 failed");
        assertThat(console.get("/console/sagas/saga-0").statusCode()).isEqualTo(404);
    }

    private void letters() {
        String first = look("/console/dead-letters", A_PAGE);
        look(older(look(older(first), A_PAGE)), A_PAGE);
        look("/console/dead-letters?redriven=no", A_PAGE);
        look("/console/dead-letters?redriven=yes", A_PAGE);
        look("/console/dead-letters?topic=commands.service3", A_PAGE);
        look("/console/dead-letters?type=RareType", A_PAGE);
        look("/console/dead-letters?topic=commands.service3&redriven=no", A_WALK);
        assertThat(look("/console/dead-letters?saga=saga-303&redriven=yes", A_PAGE)).contains("saga-303");
        String rare = look("/console/dead-letters?error=very+RARE", A_WALK);
        assertThat(rare).contains("Look further back").doesNotContain("A very rare error");
        assertThat(look(older(rare), A_WALK)).contains("A very rare error");
        look("/console/dead-letters/17", A_PAGE);
        look("/console/dead-letters/orders", A_PAGE);
        plans.next();
        String dry = console.post("/console/dead-letters/redrive/dry-run", "id=10&id=20&id=31").body();
        assertThat(dry).contains("Send 3 messages again?");
        check("dry run of three", 3 * A_PAGE);
    }

    private void audit() {
        look(older(look("/console/audit", A_PAGE)), A_PAGE);
        assertThat(look("/console/audit?target=saga-" + ManySagas.LONG, A_PAGE)).contains("rare person");
        assertThat(look("/console/audit?actor=rare+person", A_PAGE)).contains("done by hand");
        look("/console/audit?actor=person-3", 37 * 51 + A_PAGE); // who did a 37th of all
        look("/console/audit?target=console", A_PAGE);
    }

    private String look(String path, long most) {
        return look(path, most, LARGEST);
    }

    /** Opens the page several times: statements that are prepared may get other plans then. */
    private String look(String path, long most, int largest) {
        String page = "";
        long best = Long.MAX_VALUE;
        long rows = 0;
        for (int i = 0; i < 7; i++) {
            plans.next();
            long began = System.nanoTime();
            page = console.page(path);
            best = Math.min(best, System.nanoTime() - began);
            rows = Math.max(rows, check(path, most));
        }
        int bytes = page.getBytes(StandardCharsets.UTF_8).length;
        assertThat(bytes).as("bytes of " + path).isLessThan(largest);
        report.add(String.format(Locale.ENGLISH, "%6.1f ms %6d rows %4d KB  %s", best / 1e6, rows, bytes / 1024, path.replaceAll("cursor=.*", "cursor=…")));
        return page;
    }

    /** Answers how many rows were read. */
    private long check(String what, long most) {
        List<Plans.Plan> all = plans.next().stream().filter(plan -> plan.scans().stream().anyMatch(scan -> BIG.contains(scan.table()))).toList();
        for (Plans.Plan plan : all) {
            assertThat(plan.scans()).as(what + ": " + plan).noneMatch(scan -> scan.kind().contains("Seq Scan") && BIG.contains(scan.table()));
        }
        List<Plans.Plan> counts = all.stream().filter(plan -> plan.query().contains("GROUP BY")).toList();
        assertThat(counts).as(what).allMatch(plan -> plan.rows() <= UNENDED);
        List<Plans.Plan> own = all.stream().filter(plan -> !counts.contains(plan) && !BACKGROUND.matcher(plan.query()).find()).toList();
        long rows = own.stream().mapToLong(Plans.Plan::rows).sum();
        assertThat(rows).as(what + ": rows read by " + own).isLessThanOrEqualTo(most);
        return rows;
    }

    private static String older(String page) {
        Matcher found = OLDER.matcher(page);
        assertThat(found.find()).as("a link to older ones").isTrue();
        return found.group(1).replace("&amp;", "&");
    }

    private String cursorAt(String saga) {
        try (Connection connection = DATABASE.superuser(); var query = connection.prepareStatement(
                "SELECT to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM orchestrator.saga WHERE id = ?")) {
            query.setString(1, saga);
            var row = query.executeQuery();
            assertThat(row.next()).isTrue();
            return io.mediasaga.web.Cursor.of(row.getString(1), saga).encode();
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }
}
