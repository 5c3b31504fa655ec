package io.sallyport.proxy.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens as rows of the control database. */
final class AccessRows {
    static final String COLUMNS =
            "id, role_name, role_oid, certificate, member_of, label, created_at, expires_at, used_at";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AccessRows() {}

    static AccessToken read(ResultSet row) throws SQLException {
        AccessOwner owner = new AccessOwner(
                row.getString("role_name"),
                row.getObject("role_oid", Long.class),
                row.getString("certificate"),
                names(row.getString("member_of")));
        return new AccessToken(
                row.getString("id"),
                owner,
                row.getString("label"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("used_at", OffsetDateTime.class)));
    }

    static @Nullable String json(@Nullable Set<String> names) {
        return names == null ? null : JSON.writeValueAsString(new TreeSet<>(names));
    }

    /** What cannot be read is a fault, and proves nobody. */
    private static @Nullable Set<String> names(@Nullable String json) {
        if (json == null) {
            return null;
        }
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode name : JSON.readTree(json)) {
            names.add(name.asString());
        }
        return names;
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
