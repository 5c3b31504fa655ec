package io.sallyport.proxy.safety;

import io.sallyport.proxy.auth.QueryRole;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By the service role, on a connection of its own. */
final class ServerRestorePoints implements RestorePoints {
    private static final Logger log = LoggerFactory.getLogger(ServerRestorePoints.class);
    private static final String SQL = "SELECT pg_catalog.pg_create_restore_point(?)::pg_catalog.text";

    private final QueryRole asker;

    ServerRestorePoints(QueryRole asker) {
        this.asker = asker;
    }

    @Override
    public String make(String name) throws NetFailure {
        try (Connection connection = asker.connect("sallyport safety");
                PreparedStatement call = connection.prepareStatement(SQL)) {
            call.setString(1, name);
            try (ResultSet row = call.executeQuery()) {
                String lsn = row.next() ? row.getString(1) : null;
                if (lsn == null) {
                    throw failed("the server names no place for it");
                }
                return lsn;
            }
        } catch (SQLException failed) {
            log.warn("restore point {} could not be made: {}", name, failed.getMessage());
            throw failed(said(failed));
        } catch (IOException unreadable) {
            log.warn("restore point {} could not be made: {}", name, unreadable.getMessage());
            throw failed("the service role cannot log in");
        }
    }

    /** The server's own words; what only the driver says may name hosts. */
    private static String said(SQLException failed) {
        ServerErrorMessage error = failed instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        String message = error == null ? null : error.getMessage();
        return message == null ? "the server cannot be asked" : message;
    }

    private static NetFailure failed(String why) {
        return new NetFailure(
                NetFailure.Kind.FAILED,
                "no restore point could be made: " + why,
                "The service role (safety.user) needs EXECUTE on pg_create_restore_point(text), a server that is no"
                        + " standby, and wal_level replica or logical; the log of the proxy says more.");
    }
}
