package io.sallyport.proxy.store.hold;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldState;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.StoredHold;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads rows of the table of holds. */
final class HoldRow {
    static final String WAITING = "waiting";

    private HoldRow() {}

    static StoredHold read(ResultSet row) throws SQLException {
        return new StoredHold(
                HoldCode.parse(row.getString("code")),
                row.getString("replica"),
                HoldJson.request(row.getString("request")),
                Objects.requireNonNull(instant(row, "opened_at")),
                Objects.requireNonNull(instant(row, "expires_at")),
                state(row),
                instant(row, "ended_at"),
                HoldJson.outcome(row.getString("outcome"), row.getString("outcome_state")));
    }

    static HoldState state(ResultSet row) throws SQLException {
        String label = row.getString("state");
        Resolution how = label.equals(WAITING)
                ? null
                : Resolution.of(label, text(row.getString("ended_by")), text(row.getString("detail")));
        return new HoldState(row.getLong("version"), HoldJson.votes(row.getString("votes")), how);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
