package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.orchestrator.definition.VersionKey;
import io.mediasaga.orchestrator.saga.SearchKeys;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The names that values may be searched under: those of every version of every definition, deleted ones included. */
@Repository
class KeyNames {

    private final JdbcTemplate jdbc;
    private final DefinitionCatalog catalog;

    KeyNames(JdbcTemplate jdbc, DefinitionCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /** The forms that a value has as a key of any saga. */
    String[] keys(String value) {
        Set<String> names = new LinkedHashSet<>();
        names.add(SearchKeys.REQUEST_ID);
        jdbc.query(
                        "SELECT namespace, name, version FROM definition_version",
                        (rs, i) -> new VersionKey(rs.getString(1), rs.getString(2), rs.getInt(3)))
                .forEach(key -> names.addAll(catalog.pinned(key).definition().data().keys()));
        return names.stream().map(name -> SearchKeys.key(name, value)).toArray(String[]::new);
    }
}
