package io.mediasaga.standalone.bench;

import io.mediasaga.standalone.platform.Platform;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Runs publishing sagas through a platform, measures them, and looks at what they left. */
final class SagaBench {

    private static final long DRAIN_SECONDS = 120;
    private static final Duration AUDIT_PATIENCE = Duration.ofSeconds(60);
    private static final long SECOND = 1_000_000_000L;
    private static final int LINES = 30;
    private static final long POLL_MILLIS = 50;

    private final Platform platform;
    private final BenchOptions options;
    private final Consumer<String> progress;
    private final String run = "bench-" + UUID.randomUUID().toString().substring(0, 8);
    private final Flights flights = new Flights();
    private final List<Integer> inFlight = new ArrayList<>();

    SagaBench(Platform platform, BenchOptions options, Consumer<String> progress) {
        this.platform = platform;
        this.options = options;
        this.progress = progress;
    }

    /** @throws BenchException when PostgreSQL does not make its commits durable: such figures would mean nothing */
    Result run() throws SQLException, InterruptedException {
        Map<String, String> durability = durability();
        Pace pace = options.pace();
        try (Meters meters = new Meters(platform);
                Traffic traffic = new Traffic(platform, run, flights, pace);
                Events events = listener(traffic, pace)) {
            events.start();
            Thread starter = Thread.ofPlatform().name("bench-starts").daemon(true).start(() -> startSagas(pace, traffic));
            watch(options.warmup(), "warm-up");
            cool(pace);
            inFlight.clear();
            meters.forgetStatements();
            Profile profile = options.profile() == null ? null : Profile.start(options.profile(), meters.database());
            Counters before = meters.read();
            long begin = System.nanoTime();
            watch(options.duration(), "");
            long end = System.nanoTime();
            Counters used = meters.read().since(before);
            starter.interrupt();
            starter.join();
            if (profile != null) {
                profile.write(meters.database());
                profile.close();
            }
            progress.accept("Waiting for %d sagas that are under way".formatted(flights.inFlight()));
            flights.awaitDrained(DRAIN_SECONDS);
            progress.accept("Auditing");
            var accepted = flights.accepted();
            List<Finding> audit = new Audit(meters.database(), run).of(accepted, AUDIT_PATIENCE);
            return new Result(options.load(), durability, Window.of(flights.ended(), begin, end, inFlight), used,
                    accepted.size(), flights.endedSoFar(), flights.refusedSoFar(), flights.failedSoFar(),
                    flights.lastFailure(), audit);
        }
    }

    /** Runs one saga to its very end, clean-ups included. */
    void runOne() throws SQLException, InterruptedException {
        Pace pace = options.pace();
        try (Meters meters = new Meters(platform);
                Traffic traffic = new Traffic(platform, run, flights, pace);
                Events events = listener(traffic, pace)) {
            events.start();
            traffic.start(System.nanoTime());
            flights.awaitDrained(DRAIN_SECONDS);
            if (!new Audit(meters.database(), run).of(flights.accepted(), AUDIT_PATIENCE).stream().allMatch(Finding::holds)) {
                throw new BenchException("The first saga did not end as it should; run ./mediasaga bench without --ended to see why");
            }
        }
    }

    private Events listener(Traffic traffic, Pace pace) {
        return new Events(platform.kafka(), (saga, upload) -> ready(saga, upload, traffic), (saga, at) -> {
            if (flights.ended(saga, at)) {
                pace.ended();
            }
        });
    }

    private Map<String, String> durability() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            settings.put(setting, platform.postgres().show(setting));
        }
        if (settings.values().stream().anyMatch(value -> !value.equals("on"))) {
            throw new BenchException("PostgreSQL does not make commits durable: " + settings + "; all of them have to be on");
        }
        return settings;
    }

    private void ready(String saga, String upload, Traffic traffic) {
        if (flights.isUnderWay(saga)) {
            Thread.startVirtualThread(() -> traffic.upload(upload));
        }
    }

    /** From here on as many sagas are under way as are to be measured. */
    private void cool(Pace pace) throws InterruptedException {
        pace.warm();
        long deadline = System.nanoTime() + DRAIN_SECONDS * SECOND;
        while (options.rate() == 0 && flights.inFlight() > options.concurrency() && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void startSagas(Pace pace, Traffic traffic) {
        try {
            while (true) {
                long due = pace.await();
                if (due != Pace.NOT_YET) {
                    Thread.startVirtualThread(() -> traffic.start(due));
                }
            }
        } catch (InterruptedException e) {
            // enough
        }
    }

    private void watch(Duration time, String what) throws InterruptedException {
        long begin = System.nanoTime();
        long toldAt = begin;
        long toldEnded = flights.endedSoFar();
        int tellEvery = (int) Math.max(1, time.toSeconds() / LINES);
        for (int second = 1; second <= time.toSeconds(); second++) {
            long wait = begin + second * SECOND - System.nanoTime();
            Thread.sleep(Duration.ofNanos(Math.max(wait, 0)));
            inFlight.add(flights.inFlight());
            if (second % tellEvery == 0) {
                long now = System.nanoTime();
                long ended = flights.endedSoFar();
                progress.accept("%5d s %s started %d, ended %d (%.0f/s), under way %d%s".formatted(
                        second, what, flights.startedSoFar(), ended, (ended - toldEnded) * 1e9 / (now - toldAt), flights.inFlight(),
                        flights.failedSoFar() == 0 ? "" : ", failed " + flights.failedSoFar()));
                toldEnded = ended;
                toldAt = now;
            }
        }
    }
}
