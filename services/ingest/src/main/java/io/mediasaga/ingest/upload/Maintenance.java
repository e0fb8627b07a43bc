package io.mediasaga.ingest.upload;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the janitor asks of the database. Several replicas may ask at once. Limited choices stand in arrays: those in {@code IN} are made
 * anew for each row where the planner thinks the table is small.
 */
@Component
public class Maintenance {

    private final JdbcClient jdbc;

    Maintenance(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Uploads that are complete but not told, and that nobody works on. */
    public List<Upload> unfinished(int most) {
        return jdbc.sql("SELECT " + UploadRows.COLUMNS
                        + """
                         FROM upload
                        WHERE status = 'OPEN' AND received = size_bytes
                          AND (lock_token IS NULL OR locked_until < now())
                        LIMIT ?
                        """)
                .params(most)
                .query(UploadRows::read)
                .list();
    }

    /** Takes some uploads whose files are to be deleted; nobody else gets them for a minute. */
    public List<String> filesDue(int most) {
        return jdbc.sql(
                        """
                        UPDATE upload SET files_due_at = now() + interval '1 minute'
                        WHERE upload_id = ANY (ARRAY(
                            SELECT upload_id FROM upload WHERE files_due_at <= now()
                            ORDER BY files_due_at LIMIT ? FOR UPDATE SKIP LOCKED))
                        RETURNING upload_id
                        """)
                .params(most)
                .query(String.class)
                .list();
    }

    /** Gives uploads back whose files could not be deleted, to be looked at after that time. */
    public void filesDueAgain(Collection<String> ids, Duration wait) {
        jdbc.sql("UPDATE upload SET files_due_at = now() + make_interval(secs => ?) WHERE upload_id = ANY(?) AND files_due_at IS NOT NULL")
                .params(Uploads.seconds(wait), ids.toArray(String[]::new))
                .update();
    }

    /** Forgets uploads that were cleaned long ago. */
    public int purge(Duration keep, int most) {
        return jdbc.sql(
                        """
                        DELETE FROM upload WHERE upload_id = ANY (ARRAY(
                            SELECT upload_id FROM upload
                            WHERE status = 'CLEANED' AND files_due_at IS NULL
                              AND updated_at < now() - make_interval(secs => ?)
                            ORDER BY updated_at LIMIT ? FOR UPDATE SKIP LOCKED))
                        """)
                .params(Uploads.seconds(keep), most)
                .update();
    }

    /** Which of the ids are of uploads whose files may be wanted. */
    public Set<String> wanted(Collection<String> ids) {
        return jdbc
                .sql("SELECT upload_id FROM upload WHERE upload_id = ANY(?) AND (status <> 'CLEANED' OR files_due_at IS NOT NULL)")
                .params((Object) ids.toArray(String[]::new))
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the job is due; then it is ours until it is due again. */
    public boolean begin(String job, Duration every) {
        return jdbc.sql("UPDATE job SET next_run_at = now() + make_interval(secs => ?) WHERE name = ? AND next_run_at <= now()")
                        .params(Uploads.seconds(every), job)
                        .update()
                == 1;
    }
}
