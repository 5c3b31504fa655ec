package io.sallyport.proxy.safety;

import io.sallyport.proxy.auth.QueryRole;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The server's own archiver (monitoring-stats, pg_stat_archiver). That WAL is archived keeps a base backup useful; it
 * does not say that there is one.
 */
final class ArchiverSource implements BackupSource {
    private static final String SQL = "SELECT last_archived_time, last_failed_time FROM pg_catalog.pg_stat_archiver";

    private final QueryRole asker;

    ArchiverSource(QueryRole asker) {
        this.asker = asker;
    }

    @Override
    public String name() {
        return "archiver";
    }

    @Override
    public LastGood ask() throws SourceFailure {
        try (Connection connection = asker.connect("sallyport safety");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SQL)) {
            if (!row.next()) {
                throw new SourceFailure("pg_stat_archiver is empty", null);
            }
            return read(instant(row, 1), instant(row, 2));
        } catch (SQLException failed) {
            throw new SourceFailure("the server cannot be asked", failed);
        } catch (IOException unreadable) {
            throw new SourceFailure("the server cannot be asked", unreadable);
        }
    }

    /** @param failed the last time that it did not work; the archiver tries a segment again and again until it does */
    static LastGood read(@Nullable Instant archived, @Nullable Instant failed) throws SourceFailure {
        if (failed != null && (archived == null || failed.isAfter(archived))) {
            throw new SourceFailure("archiving fails since " + Ages.moment(failed), null);
        }
        return new LastGood(archived, "archived WAL", "archiver");
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
