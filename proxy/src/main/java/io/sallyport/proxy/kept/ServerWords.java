package io.sallyport.proxy.kept;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the server said of an error; what only the driver says may name hosts. */
final class ServerWords {
    private ServerWords() {}

    static String of(SQLException failed) {
        ServerErrorMessage error = error(failed);
        String message = error == null ? null : error.getMessage();
        return message == null ? "the server cannot be asked" : message;
    }

    /** Names keys, and their values. */
    static @Nullable String detail(SQLException failed) {
        ServerErrorMessage error = error(failed);
        return error == null ? null : error.getDetail();
    }

    /** Whether the server itself said that it failed: then nothing was done. */
    static boolean certain(SQLException failed) {
        return error(failed) != null;
    }

    private static @Nullable ServerErrorMessage error(SQLException failed) {
        return failed instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
    }
}
