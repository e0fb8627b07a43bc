package io.mediasaga.standalone.verify.audit;

import io.mediasaga.crd.definition.SagaDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Judges a platform by its databases, topics and files. It believes no service, and changes nothing but temporary tables of its
 * connection. Not thread-safe.
 */
public final class Audit implements AutoCloseable {

    private static final List<Rule> RULES = Stream.of(
                    Endings.RULES, Replies.RULES, Effects.RULES, Messages.RULES, Leftovers.rules(Evidence.SERVICES))
            .flatMap(List::stream)
            .toList();
    private static final int EXAMPLES = 5;

    private final Connection database;
    private final Evidence evidence;
    private final TopicReader topics;
    private final ConsumerLag lag;
    private final Path store;
    private final Path work;

    /**
     * Prepares an audit.
     *
     * @param database with all rights; it stays open when this is closed
     * @param kafka what Kafka clients take as {@code bootstrap.servers}
     * @param store the folder of the media store
     * @param work the folder of files being worked on
     * @param sagas every saga of the run
     */
    public Audit(
            Connection database, String kafka, Path store, Path work, SagaDefinition definition, Collection<Expected> sagas)
            throws SQLException {
        this.database = database;
        this.store = store;
        this.work = work;
        this.evidence = new Evidence(database);
        evidence.prepare(definition, sagas);
        this.topics = new TopicReader(kafka);
        this.lag = new ConsumerLag(kafka, Evidence.SERVICES);
    }

    /** Looks until everything is as it has to be, or the time is over: what comes after the end of a saga takes a moment. */
    public List<Finding> look(Duration patience) throws SQLException, IOException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            List<Finding> findings = look();
            if (findings.stream().allMatch(Finding::holds) || System.nanoTime() - until >= 0) {
                return findings;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private List<Finding> look() throws SQLException, IOException, InterruptedException {
        topics.readOn(database);
        evidence.refresh(store, work, lag.read());
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : RULES) {
            findings.add(judge(rule));
        }
        return findings;
    }

    private Finding judge(Rule rule) throws SQLException {
        String sql = "SELECT count(*), (array_agg(what ORDER BY what))[1:%d] FROM (%s) violation (what)"
                .formatted(EXAMPLES, rule.violations());
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            Array examples = row.getArray(2);
            return new Finding(rule.name(), row.getLong(1),
                    examples == null ? List.of() : List.of((String[]) examples.getArray()));
        } catch (SQLException e) {
            throw new SQLException("The rule '" + rule.name() + "' cannot be judged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        topics.close();
        lag.close();
    }
}
