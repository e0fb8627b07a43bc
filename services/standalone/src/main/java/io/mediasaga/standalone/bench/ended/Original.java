package io.mediasaga.standalone.bench.ended;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The saga that is copied.
 *
 * @param asset its asset, and so on
 */
record Original(String saga, String asset, String owner, String upload) {

    /** What the ids that stand in a row's texts are replaced by. */
    enum Role { SAGA, ASSET, OWNER, UPLOAD }

    private static final String FIND = """
            SELECT s.id, a.asset_id, a.owner_id, u.upload_id
            FROM orchestrator.saga s JOIN media.asset a ON a.saga_id = s.id JOIN ingest.upload u ON u.saga_id = s.id
            WHERE s.status = 'COMPLETED' AND u.status = 'CLEANED' LIMIT 1
            """;

    /** Finds the one saga that there is. */
    static Original find(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            try (ResultSet all = statement.executeQuery("SELECT count(*) FROM orchestrator.saga")) {
                all.next();
                if (all.getLong(1) != 1) {
                    throw new EndedSagasException("Ended sagas are copies of the first one of a platform, and this platform has %d already: "
                            .formatted(all.getLong(1)) + "name another folder with --data, or none");
                }
            }
            try (ResultSet row = statement.executeQuery(FIND)) {
                if (!row.next()) {
                    throw new EndedSagasException("The first saga was not completed; run ./mediasaga bench without --ended to see why");
                }
                return new Original(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
            }
        }
    }

    String id(Role role) {
        return switch (role) {
            case SAGA -> saga;
            case ASSET -> asset;
            case OWNER -> owner;
            case UPLOAD -> upload;
        };
    }

    static List<Role> roles() {
        return List.of(Role.values());
    }
}
