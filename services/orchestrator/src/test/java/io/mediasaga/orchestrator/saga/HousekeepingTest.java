package io.mediasaga.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.orchestrator.support.IntegrationTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class HousekeepingTest extends IntegrationTest {

    @Autowired
    private Housekeeping housekeeping;

    @Test
    void whatEndedLongAgoGoesWithItsHistoryAndNothingElse() {
        String old = api.start("Rome", null);
        String young = api.start("Rome", null);
        ends(old, "COMPLETED");
        ends(young, "COMPLETED");
        jdbc.update("UPDATE saga SET started_at = now() - interval '91 days', ended_at = now() - interval '91 days' WHERE id = ?", old);
        String open = "open-" + old;
        jdbc.update("""
                INSERT INTO saga SELECT (jsonb_populate_record(s, jsonb_build_object('id', ?, 'status', 'HELD', 'ended_at', NULL))).*
                FROM saga s WHERE id = ?""", open, old);

        assertThat(housekeeping.clean()).isFalse();

        assertThat(left("saga", "id", old, young, open)).containsExactlyInAnyOrder(young, open);
        assertThat(left("saga_history", "saga_id", old, young)).containsOnly(young);
        jdbc.update("DELETE FROM saga WHERE id = ?", open);
    }

    private List<String> left(String table, String column, String... ids) {
        return jdbc.queryForList("SELECT %s FROM %s WHERE %s = ANY (?)".formatted(column, table, column), String.class, (Object) ids);
    }
}
