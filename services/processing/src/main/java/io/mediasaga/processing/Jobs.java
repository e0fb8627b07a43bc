package io.mediasaga.processing;

import io.mediasaga.processing.Reporter.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the service knows of its work: one row per saga. A run writes only over rows of its own and of earlier epochs. */
@Repository
class Jobs {

    private final JdbcClient jdbc;

    Jobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How far the work for an asset is.
     *
     * @param percent 0 to 100
     * @param profile what was done, once it is done
     * @param reason why it failed
     */
    record Progress(
            String assetId,
            String sagaId,
            String stage,
            int percent,
            @Nullable String profile,
            @Nullable String note,
            @Nullable String reason,
            Instant startedAt,
            Instant updatedAt) {}

    /** A job and its result. */
    record Done(MediaJob job, ProcessingResult result) {}

    /** Notes jobs that were done without making any files, so that none have to be deleted either. */
    void doneAtOnce(List<Done> done) {
        jdbc.sql("""
                INSERT INTO job (saga_id, asset_id, epoch, stage, percent, profile, note, cleanups)
                SELECT saga_id, asset_id, 0, 'done', 100, profile, note, 1
                FROM unnest(:sagas::text[], :assets::text[], :profiles::text[], :notes::text[])
                    AS d (saga_id, asset_id, profile, note)
                ORDER BY saga_id
                ON CONFLICT (saga_id) DO UPDATE
                SET asset_id = excluded.asset_id, stage = 'done', percent = 100, profile = excluded.profile,
                    note = excluded.note, reason = NULL, updated_at = now()
                WHERE job.stage <> 'cancelled'
                """)
                .param("sagas", texts(done, each -> each.job().sagaId()))
                .param("assets", texts(done, each -> each.job().assetId()))
                .param("profiles", texts(done, each -> each.result().profile()))
                .param("notes", texts(done, each -> each.result().note()))
                .update();
    }

    private static @Nullable String[] texts(List<Done> done, Function<Done, @Nullable String> text) {
        return done.stream().map(text).toArray(String[]::new);
    }

    void progress(MediaJob job, Stage stage, int percent) {
        write(job, stage, percent, null, null, null);
    }

    void done(MediaJob job, ProcessingResult result) {
        write(job, Stage.DONE, 100, result.profile(), result.note(), null);
    }

    void failed(MediaJob job, @Nullable String reason) {
        write(job, Stage.FAILED, 0, null, null, reason);
    }

    private void write(
            MediaJob job,
            Stage stage,
            int percent,
            @Nullable String profile,
            @Nullable String note,
            @Nullable String reason) {
        jdbc.sql("""
                INSERT INTO job (saga_id, asset_id, epoch, stage, percent, profile, note, reason)
                VALUES (:saga, :asset, :epoch, :stage, :percent, :profile, :note, :reason)
                ON CONFLICT (saga_id) DO UPDATE
                SET asset_id = excluded.asset_id, epoch = excluded.epoch, stage = excluded.stage, percent = excluded.percent,
                    profile = excluded.profile, note = excluded.note, reason = excluded.reason, updated_at = now()
                WHERE (job.epoch <= excluded.epoch OR job.stage = 'failed') AND job.stage <> 'cancelled'
                """)
                .param("saga", job.sagaId())
                .param("asset", job.assetId())
                .param("epoch", job.epoch())
                .param("stage", stage.text())
                .param("percent", percent)
                .param("profile", profile)
                .param("note", note)
                .param("reason", reason)
                .update();
    }

    /** Its files are deleted; the janitor will look once more. */
    void cancelled(String sagaId) {
        jdbc.sql("""
                UPDATE job SET stage = 'cancelled', updated_at = now(), cleanup_at = now() WHERE saga_id = ?
                """).param(sagaId).update();
    }

    /** The temporary files of the sagas are to go, where that has not begun yet. */
    void sagasEnded(Collection<String> sagaIds) {
        jdbc.sql("UPDATE job SET cleanup_at = now() WHERE saga_id = ANY (:sagas) AND cleanups = 0")
                .param("sagas", sagaIds.toArray(String[]::new))
                .update();
    }

    /** Takes sagas whose files are to go; nobody else gets them within the lease. */
    List<String> claimCleanups(int most, Duration lease) {
        return jdbc.sql("""
                UPDATE job SET cleanup_at = now() + make_interval(secs => :lease)
                WHERE saga_id = ANY (ARRAY(
                    SELECT saga_id FROM job WHERE cleanup_at <= now() ORDER BY cleanup_at LIMIT :most FOR UPDATE SKIP LOCKED))
                RETURNING saga_id
                """)
                .param("lease", lease.toSeconds())
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** Gives claimed sagas back, to be looked at after that time. */
    void cleanLater(List<String> sagaIds, Duration wait) {
        jdbc.sql("UPDATE job SET cleanup_at = now() + make_interval(secs => :wait) WHERE saga_id = ANY (:sagas)")
                .param("wait", wait.toSeconds())
                .param("sagas", sagaIds.toArray(String[]::new))
                .update();
    }

    /** Notes that the files are gone. The first time, it is to be looked again. */
    void cleaned(List<String> sagaIds, Duration again) {
        jdbc.sql("""
                UPDATE job SET cleanups = cleanups + 1,
                    cleanup_at = CASE WHEN cleanups = 0 THEN now() + make_interval(secs => :again) END
                WHERE saga_id = ANY (:sagas)
                """)
                .param("again", again.toSeconds())
                .param("sagas", sagaIds.toArray(String[]::new))
                .update();
    }

    /** Forgets what has been over and clean for that long. */
    int forget(Duration age) {
        return jdbc.sql("""
                DELETE FROM job WHERE saga_id = ANY (ARRAY(
                    SELECT saga_id FROM job
                    WHERE cleanup_at IS NULL AND cleanups > 0 AND updated_at < now() - make_interval(secs => :age)
                    ORDER BY updated_at LIMIT 1000 FOR UPDATE SKIP LOCKED))
                """).param("age", age.toSeconds()).update();
    }

    /** The latest work for the asset. */
    Optional<Progress> find(String assetId) {
        return jdbc.sql("""
                SELECT asset_id, saga_id, stage, percent, profile, note, reason, started_at, updated_at
                FROM job WHERE asset_id = ? ORDER BY updated_at DESC LIMIT 1
                """)
                .param(assetId)
                .query((row, index) -> new Progress(
                        row.getString("asset_id"),
                        row.getString("saga_id"),
                        row.getString("stage"),
                        row.getInt("percent"),
                        row.getString("profile"),
                        row.getString("note"),
                        row.getString("reason"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getObject("updated_at", OffsetDateTime.class).toInstant()))
                .optional();
    }
}
