package io.mediasaga.orchestrator.definition;

import io.mediasaga.crd.definition.CanonicalDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Definitions in SQL. */
@Repository
class DefinitionStore {

    private static final String CURRENT = """
            SELECT d.namespace, d.name, d.version, d.hash, d.state, v.created_at, d.updated_at
            FROM definition d JOIN definition_version v USING (namespace, name, version)
            """;

    /** What the orchestrator has to listen for: what is current, and what sagas still run on. */
    private static final String IN_USE = """
            SELECT v.namespace, v.name, v.version, v.hash, d.state, v.created_at, d.updated_at
            FROM definition_version v JOIN definition d USING (namespace, name)
            WHERE (d.version = v.version AND d.state <> 'DELETED')
               OR EXISTS (SELECT 1 FROM saga s
                          WHERE s.ended_at IS NULL AND s.namespace = v.namespace AND s.definition = v.name
                            AND s.definition_version = v.version)
            """;

    private static final String ACTIVE_SAGAS = """
            SELECT definition_version, count(*) FROM saga
            WHERE ended_at IS NULL AND namespace = ? AND definition = ?
            GROUP BY definition_version ORDER BY definition_version
            """;

    private final JdbcClient jdbc;

    DefinitionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes hold of the name until the transaction ends, so that versions are numbered one after the other. */
    void lock(String namespace, String name) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("definition " + namespace + "/" + name)
                .query(rs -> {});
    }

    Optional<CurrentDefinition> current(String namespace, String name) {
        return jdbc.sql(CURRENT + " WHERE d.namespace = ? AND d.name = ?")
                .params(namespace, name)
                .query(DefinitionStore::row)
                .optional();
    }

    List<CurrentDefinition> all() {
        return jdbc.sql(CURRENT + " ORDER BY d.namespace, d.name").query(DefinitionStore::row).list();
    }

    List<CurrentDefinition> inUse() {
        return jdbc.sql(IN_USE).query(DefinitionStore::row).list();
    }

    List<CurrentDefinition> versions(String namespace, String name) {
        return jdbc.sql("""
                        SELECT v.namespace, v.name, v.version, v.hash, d.state, v.created_at, d.updated_at
                        FROM definition_version v JOIN definition d USING (namespace, name)
                        WHERE v.namespace = ? AND v.name = ? ORDER BY v.version DESC
                        """)
                .params(namespace, name)
                .query(DefinitionStore::row)
                .list();
    }

    Optional<CanonicalDefinition> canonical(VersionKey key) {
        return jdbc.sql("SELECT canonical FROM definition_version WHERE namespace = ? AND name = ? AND version = ?")
                .params(key.namespace(), key.name(), key.version())
                .query(String.class)
                .optional()
                .map(CanonicalDefinition::read);
    }

    /** The number of the version with the hash; the next free one, now taken, when there is none. */
    int version(String namespace, String name, CanonicalDefinition definition) {
        jdbc.sql("""
                        INSERT INTO definition_version (namespace, name, version, hash, canonical)
                        SELECT :namespace, :name, coalesce(max(version), 0) + 1, :hash, :canonical
                        FROM definition_version WHERE namespace = :namespace AND name = :name
                        ON CONFLICT (namespace, name, hash) DO NOTHING
                        """)
                .param("namespace", namespace)
                .param("name", name)
                .param("hash", definition.hash())
                .param("canonical", definition.json())
                .update();
        return jdbc.sql("SELECT version FROM definition_version WHERE namespace = ? AND name = ? AND hash = ?")
                .params(namespace, name, definition.hash())
                .query(Integer.class)
                .single();
    }

    void makeCurrent(VersionKey key, String hash, DefinitionState state) {
        jdbc.sql("""
                        INSERT INTO definition (namespace, name, state, version, hash)
                        VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (namespace, name) DO UPDATE
                        SET state = excluded.state, version = excluded.version, hash = excluded.hash, updated_at = now()
                        """)
                .params(key.namespace(), key.name(), state.name(), key.version(), hash)
                .update();
    }

    void changeState(String namespace, String name, DefinitionState state) {
        jdbc.sql("UPDATE definition SET state = ?, updated_at = now() WHERE namespace = ? AND name = ?")
                .params(state.name(), namespace, name)
                .update();
    }

    /** How many sagas run on which version. */
    List<ActiveSagas> activeSagas(String namespace, String name) {
        return jdbc.sql(ACTIVE_SAGAS)
                .params(namespace, name)
                .query((rs, i) -> new ActiveSagas(rs.getInt(1), rs.getLong(2)))
                .list();
    }

    record ActiveSagas(int version, long count) {}

    private static CurrentDefinition row(ResultSet rs, int i) throws SQLException {
        return new CurrentDefinition(
                new VersionKey(rs.getString(1), rs.getString(2), rs.getInt(3)),
                rs.getString(4),
                DefinitionState.valueOf(rs.getString(5)),
                instant(rs, 6),
                instant(rs, 7));
    }

    private static Instant instant(ResultSet rs, int column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }
}
