package io.mediasaga.standalone.verify;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Carries out the schedule against a cluster while its sagas are started. */
final class Injector {

    /** Two things may be away at the same time; with more there would be nothing left to hit. */
    private static final int AT_ONCE = 2;

    private static final Duration GAP = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final List<Injection> schedule;
    private final Progress progress;
    private final Consumer<String> tell;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int begun;
    private volatile boolean stopping;

    Injector(Cluster cluster, List<Injection> schedule, Progress progress, Consumer<String> tell) {
        this.cluster = cluster;
        this.schedule = schedule;
        this.progress = progress;
        this.tell = tell;
    }

    /** Nothing is begun any more for sagas that have not been started. */
    void stop() {
        stopping = true;
    }

    Thread start() {
        return Thread.ofPlatform().name("verify-injector").daemon(true).start(this::run);
    }

    /** Whether the saga of that number may be started: not before what is to hit the ones before it has begun. */
    boolean admits(int saga) {
        int next = begun;
        return next >= schedule.size() || saga <= schedule.get(next).atSaga();
    }

    private void run() {
        try {
            for (Injection injection : schedule) {
                while (progress.startedSoFar() < injection.atSaga() && !stopping) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                if (progress.startedSoFar() < injection.atSaga()) {
                    break;
                }
                free.acquire();
                Thread.ofPlatform().daemon(true).start(() -> carryOut(injection));
                begun++;
                TimeUnit.MILLISECONDS.sleep(GAP.toMillis());
            }
            free.acquire(AT_ONCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done.countDown();
        }
    }

    private void carryOut(Injection injection) {
        try {
            tell.accept("  at saga %d: %s%s, for %.1f s".formatted(injection.atSaga(), injection.kind().word(),
                    injection.target() < 0 ? "" : " " + target(injection).name(), injection.away().toMillis() / 1000.0));
            hit(injection);
            progress.injected(injection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            progress.complain("%s did not come back: %s".formatted(injection.kind().name().toLowerCase(Locale.ROOT), e.getMessage()));
        } finally {
            free.release();
        }
    }

    private Replica target(Injection injection) {
        return cluster.replicas().get(injection.target());
    }

    private void hit(Injection injection) throws InterruptedException {
        Duration away = injection.away();
        switch (injection.kind()) {
            case KILL -> {
                Replica replica = target(injection);
                synchronized (replica.process()) { // a pause of the same one waits
                    replica.process().kill();
                    TimeUnit.MILLISECONDS.sleep(away.toMillis());
                    replica.process().start();
                }
                cluster.awaitReady(replica);
            }
            case PAUSE -> {
                Child process = target(injection).process();
                process.pause();
                TimeUnit.MILLISECONDS.sleep(away.toMillis());
                process.resume();
            }
            case POSTGRES -> cluster.servers().crashPostgres(away);
            case KAFKA -> cluster.servers().crashKafka(away);
            case REDIS -> cluster.servers().crashRedis(away);
            case STEPS, DUPLICATES, REORDER, DELAY, DROP, SKEW -> {}
        }
    }

    /** Waits until the whole schedule has been carried out and everything is back; answers whether that was so in time. */
    boolean await(Duration patience) throws InterruptedException {
        return done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
