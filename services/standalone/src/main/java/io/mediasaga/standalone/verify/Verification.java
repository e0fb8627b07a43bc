package io.mediasaga.standalone.verify;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.standalone.platform.DataFolder;
import io.mediasaga.standalone.verify.VerifyOptions.Mode;
import io.mediasaga.standalone.verify.audit.Audit;
import io.mediasaga.standalone.verify.audit.Expected;
import io.mediasaga.standalone.verify.audit.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run: a cluster, its sagas, what hits them, and the audit. Closing it ends everything that it has started. */
final class Verification implements AutoCloseable {

    private static final String READY = "events.ingest.ready";
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);
    private static final int NAIVE_MILLIS = 10_000;
    /** What is under way at the end of the limit has so long to end. */
    private static final Duration ENDING = Duration.ofMinutes(6);
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration COPIES = Duration.ofMinutes(1);
    private static final Duration AUDIT_PATIENCE = Duration.ofMinutes(2);

    private final JsonMapper json = JsonMapper.builder().build();
    private final VerifyOptions options;
    private final Consumer<String> tell;
    private final Plan plan;
    private final List<Injection> schedule;
    private final Cluster cluster;
    private final Progress progress = new Progress();
    private final long begin = System.nanoTime();
    private volatile boolean over;

    private Verification(
            VerifyOptions options, Consumer<String> tell, Plan plan, List<Injection> schedule, Cluster cluster) {
        this.options = options;
        this.tell = tell;
        this.plan = plan;
        this.schedule = schedule;
        this.cluster = cluster;
    }

    /** Starts a cluster in the folder. */
    static Verification start(VerifyOptions options, Path folder, Consumer<String> tell) throws InterruptedException {
        DataFolder data = DataFolder.at(folder).prepare();
        Path definition = VerifyDefinition.write(data.path("verify"), options.mode());
        Plan plan = new Plan(options, VerifyDefinition.read(definition));
        List<Injection> schedule = Schedule.of(options, Cluster.size());
        Cluster cluster = Cluster.start(data, plan, new VerifySettings(options, definition), tell);
        return new Verification(options, tell, plan, schedule, cluster);
    }

    Cluster cluster() {
        return cluster;
    }

    Plan plan() {
        return plan;
    }

    /** Runs the sagas to their end and judges what they left. */
    VerifyResult run() throws InterruptedException, SQLException, IOException {
        long started = System.nanoTime();
        Injector injector = new Injector(cluster, schedule, progress, tell);
        try (Load load = load();
                Echo echo = new Echo(cluster.servers().kafka(), plan, progress);
                TopicListener listener = listener(load, echo)) {
            listener.start();
            Thread injecting = injector.start();
            startAll(load, injector);
            injector.stop();
            boolean injected = injector.await(left().plus(ENDING));
            injecting.interrupt();
            awaitEnd(injected);
            echo.finish(COPIES);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        tell.accept("Auditing");
        List<Finding> findings = new ArrayList<>(audit(options.mode() == Mode.NAIVE ? Duration.ZERO : AUDIT_PATIENCE));
        findings.add(finding("every process and server came back, and none ended by itself", cluster.died()));
        findings.add(finding("every request was answered in the end, and as it should be", List.copyOf(progress.complaints())));
        return VerifyResult.of(options, plan, schedule, progress, seconds, findings, cluster.servers().postgres());
    }

    /** Clients for more sagas. */
    Load load() {
        return new Load(cluster, plan, progress, this::goOn);
    }

    /** Hears for the clients what the platform tells. */
    TopicListener listener(Load load, @Nullable Echo echo) {
        return new TopicListener(cluster.servers().kafka(), topics(), record -> heard(record, load, echo));
    }

    private static Finding finding(String rule, List<String> violations) {
        return new Finding(rule, violations.size(), violations.stream().limit(5).toList());
    }

    private Set<String> topics() {
        Set<String> topics = new TreeSet<>(plan.definition().replyTopics());
        topics.addAll(plan.definition().sentTopics());
        return topics;
    }

    private void heard(ConsumerRecord<byte[], byte[]> record, Load load, @Nullable Echo echo) {
        JsonNode envelope = json.readTree(record.value());
        String saga = envelope.path("saga_id").asString("");
        if (record.topic().equals(READY)) {
            load.ready(saga, envelope.path("payload").path("upload_id").asString(""));
        } else if (record.topic().startsWith("events.saga.")) {
            progress.ended(saga);
        }
        if (echo != null) {
            echo.heard(record, envelope);
        }
    }

    private boolean goOn() {
        return !over && left().plus(ENDING).isPositive();
    }

    private Duration left() {
        return options.limit().minusNanos(System.nanoTime() - begin);
    }

    private void startAll(Load load, Injector injector) throws InterruptedException {
        long tellAt = System.nanoTime();
        for (int saga = 0; saga < options.sagas() && left().isPositive(); saga++) {
            if (options.mode() == Mode.NAIVE) {
                TimeUnit.MILLISECONDS.sleep(NAIVE_MILLIS / options.underWay()); // those that stand still must not hold up the others
            }
            while (left().isPositive() && (isFull() || !injector.admits(saga))) {
                TimeUnit.MILLISECONDS.sleep(10);
                tellAt = tellNow(tellAt);
            }
            load.start(saga);
            tellAt = tellNow(tellAt);
        }
    }

    private boolean isFull() {
        return options.mode() != Mode.NAIVE && progress.underWay() >= options.underWay();
    }

    private long tellNow(long due) {
        long now = System.nanoTime();
        if (now < due) {
            return due;
        }
        tell.accept("%5d s  started %d, ended %d of %d sagas; %d of %d faults of the schedule; %d copies of messages".formatted(
                TimeUnit.NANOSECONDS.toSeconds(now - begin), progress.startedSoFar(), progress.endedSoFar(), options.sagas(),
                progress.injectedSoFar(), schedule.size(), progress.copiesSoFar()));
        return now + TELL_EVERY.toNanos();
    }

    /** Everything is back; what is under way has the rest of the time to end. */
    private void awaitEnd(boolean injected) throws InterruptedException {
        if (!injected) {
            progress.complain("the schedule was not carried out within the limit");
        }
        if (progress.startedSoFar() < options.sagas()) {
            tell.accept("The time is over: %d of %d sagas have been started".formatted(progress.startedSoFar(), options.sagas()));
        }
        cluster.replicas().forEach(replica -> replica.process().resume());
        long tellAt = System.nanoTime();
        while (goOn() && progress.underWay() > 0 && !stands()) {
            TimeUnit.MILLISECONDS.sleep(200);
            tellAt = tellNow(tellAt);
        }
    }

    /** Nothing is awaited that does not move any more: without recovery what is stuck, with it what waits for a person. */
    private boolean stands() {
        if (!progress.quietFor(QUIET)) {
            return false;
        }
        if (options.mode() == Mode.NAIVE) {
            return true;
        }
        try (Connection database = cluster.servers().postgres().superuser(EmbeddedPostgres.DATABASE);
                Statement statement = database.createStatement();
                ResultSet moving = statement.executeQuery(
                        "SELECT FROM orchestrator.saga WHERE status IN ('RUNNING', 'COMPENSATING') LIMIT 1")) {
            return !moving.next() && progress.acceptedSoFar().size() == progress.startedSoFar();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Judges the databases, topics and files as they are. */
    List<Finding> audit(Duration patience) throws SQLException, IOException, InterruptedException {
        try (Connection database = cluster.servers().postgres().superuser(EmbeddedPostgres.DATABASE)) {
            return audit(database, patience);
        }
    }

    List<Finding> audit(Connection database, Duration patience) throws SQLException, IOException, InterruptedException {
        try (Audit audit = new Audit(database, cluster.servers().kafka(), cluster.data().path("media"),
                cluster.data().path("work/processing"), plan.definition(), expected())) {
            return audit.look(patience);
        }
    }

    private List<Expected> expected() {
        return progress.numbers().stream().map(plan::saga).map(this::expected).toList();
    }

    private Expected expected(SagaPlan saga) {
        Set<String> dying = saga.faults().stream()
                .filter(SagaPlan.Fault::dies)
                .map(fault -> fault.step().wireName())
                .collect(Collectors.toSet());
        return new Expected(
                saga.id(), progress.acceptedSoFar().contains(saga.id()), saga.mustFail(), saga.mayHold(), dying);
    }

    @Override
    public void close() {
        over = true;
        cluster.close();
    }
}
