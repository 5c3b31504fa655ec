package io.sallyport.proxy.kept;

import io.sallyport.proxy.auth.QueryRole;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.kept.TouchedRows.Verb;
import io.sallyport.proxy.safety.KeptRows;
import io.sallyport.proxy.safety.KeptTable;
import io.sallyport.proxy.safety.NetFailure;
import io.sallyport.proxy.safety.NetStore;
import io.sallyport.proxy.store.StoreUnavailable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that rows are kept in, made by the service role in the database that the rows are of. Their requester may write into them until that is done, and
 * never again. Everything here blocks.
 */
public final class KeepingRoom {
    private static final Logger log = LoggerFactory.getLogger(KeepingRoom.class);
    private static final String SETUP =
            "The service role (safety.user) needs the schema sallyport_kept in this database, see"
                    + " docs/safety.md; the log of the proxy says more.";

    private final @Nullable QueryRole role;
    private final NetStore store;
    private final SafetySettings settings;
    private final Clock clock;

    public KeepingRoom(@Nullable QueryRole role, NetStore store, SafetySettings settings, Clock clock) {
        this.role = role;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** How many rows are kept of one batch. */
    public long mostRows() {
        return settings.keeping().mostRows();
    }

    /** What blocks in one database. */
    interface Work<T> {
        T with(Connection connection) throws SQLException, Unkeepable;
    }

    <T> T in(String database, Duration patience, Work<T> work) throws SQLException, Unkeepable {
        QueryRole own = role;
        if (own == null) {
            throw new Unkeepable("Sallyport has no role of its own", "Whoever runs Sallyport sets safety.user.");
        }
        try (Connection connection = own.connect("sallyport keeps rows", database, patience)) {
            connection.setAutoCommit(false);
            T done = work.with(connection);
            connection.commit();
            return done;
        } catch (IOException unreadable) {
            throw new SQLException("the service role cannot log in: " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Looks whether rows of these tables can be kept and brought back.
     *
     * @param only of each, whether what inherits from it is not meant
     */
    public List<TableShape> look(String database, Verb verb, List<SeenTable> seen, List<Boolean> only)
            throws NetFailure {
        return done(() -> in(database, settings.timeout(), connection -> shapes(connection, verb, seen, only)));
    }

    private static List<TableShape> shapes(Connection connection, Verb verb, List<SeenTable> seen, List<Boolean> only)
            throws SQLException, Unkeepable {
        List<TableShape> shapes = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            TableShape shape = TableCatalog.shape(connection, seen.get(i).oid(), only.get(i));
            if (!shape.fingerprint().equals(seen.get(i).fingerprint())) {
                throw new Unkeepable(
                        "the columns of " + shape.name().name() + " are being changed", "Commit that first.");
            }
            if (verb == Verb.UPDATE && shape.key().isEmpty()) {
                throw new Unkeepable(
                        shape.name().name() + " has no primary key: nobody would find the rows again",
                        "Give it one, or have its rule ask for a restore_point.");
            }
            shapes.add(shape);
        }
        return shapes;
    }

    /** Makes tables for them, and lets the requester's role write there. */
    public Prepared prepare(String database, Verb verb, List<SeenTable> seen, List<Boolean> only, String name)
            throws NetFailure {
        return done(() -> in(database, settings.timeout(), connection -> {
            List<Prepared.Table> tables = new ArrayList<>();
            String requester = seen.get(0).role();
            for (TableShape shape : shapes(connection, verb, seen, only)) {
                Prepared.Table table = new Prepared.Table(name + "_" + (tables.size() + 1), shape);
                make(connection, table, requester);
                tables.add(table);
            }
            return new Prepared(database, requester, verb, tables);
        }));
    }

    private static void make(Connection connection, Prepared.Table table, String requester) throws SQLException {
        StringBuilder sql = new StringBuilder("CREATE TABLE ").append(KeepingSql.name(table));
        sql.append(" (").append(KeepingSql.OWN_COLUMNS);
        TableShape shape = table.shape();
        for (int i = 0; i < shape.types().size(); i++) {
            sql.append(", ").append(Names.quoted(shape.columns().get(i).name()));
            sql.append(' ').append(shape.types().get(i));
        }
        execute(connection, sql.append(')').toString());
        execute(connection, "GRANT INSERT, SELECT ON " + KeepingSql.name(table) + " TO " + Names.quoted(requester));
    }

    /** The batch has run, and its COMMIT is still to come: nobody writes there any more, and it is known what was kept. */
    public KeptRows seal(HoldCode code, Prepared prepared, List<KeptCount> counts, List<String> beside)
            throws NetFailure {
        List<KeptTable> tables = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            Prepared.Table table = prepared.tables().get(i);
            TableShape shape = table.shape();
            KeptCount count = counts.get(i);
            tables.add(new KeptTable(
                    shape.oid(),
                    String.valueOf(shape.name().schema()),
                    shape.name().name(),
                    table.name(),
                    count.before(),
                    shape.columns(),
                    shape.key(),
                    shape.fingerprint(),
                    String.valueOf(count.xmin())));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        KeptRows rows = new KeptRows(
                now,
                now.plus(settings.keeping().keepFor()),
                prepared.database(),
                prepared.verb().name(),
                tables,
                KeptRows.State.KEPT,
                "",
                "",
                beside);
        return done(() -> {
            in(prepared.database(), settings.timeout(), connection -> {
                for (Prepared.Table table : prepared.tables()) {
                    execute(
                            connection,
                            "REVOKE ALL ON " + KeepingSql.name(table) + " FROM " + Names.quoted(prepared.role()));
                }
                return true;
            });
            store.keep(code, rows);
            return rows;
        });
    }

    /** The server did not say whether it has committed. */
    static final class Uncommitted extends Exception {
        private static final long serialVersionUID = 1L;

        Uncommitted(SQLException why) {
            super(why);
        }
    }

    /** Brings rows back. What throws has done nothing, but for {@link Uncommitted}. */
    void restore(KeptRows rows) throws SQLException, Unkeepable, Drifted, Uncommitted {
        QueryRole own = role;
        if (own == null) {
            throw new Unkeepable("Sallyport has no role of its own", "Whoever runs Sallyport sets safety.user.");
        }
        boolean committed = false;
        try (Connection connection = own.connect("sallyport undo", rows.database(), Restoring.PATIENCE)) {
            connection.setAutoCommit(false);
            new Restoring(connection, rows).run();
            try {
                connection.commit();
                committed = true;
            } catch (SQLException failed) {
                if (ServerWords.certain(failed)) {
                    throw failed;
                }
                throw new Uncommitted(failed);
            }
        } catch (SQLException failed) {
            if (!committed) {
                throw failed;
            }
            log.debug("the connection did not close well", failed);
        } catch (IOException unreadable) {
            throw new SQLException("the service role cannot log in: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Nothing was kept in them. Only logs what goes wrong: empty tables do no harm. */
    public void forget(Prepared prepared) {
        try {
            drop(
                    prepared.database(),
                    prepared.tables().stream().map(Prepared.Table::name).toList());
        } catch (SQLException | Unkeepable left) {
            log.warn("tables that nothing was kept in are left: {}", left.getMessage());
        }
    }

    void drop(String database, List<String> tables) throws SQLException, Unkeepable {
        in(database, settings.timeout(), connection -> {
            execute(connection, "SET LOCAL lock_timeout = '3s'");
            for (String table : tables) {
                execute(connection, "DROP TABLE IF EXISTS " + KeptRows.SCHEMA + "." + Names.quoted(table));
            }
            return true;
        });
    }

    /** Whether there are rows in it: there are none where the transaction that kept them was not committed. */
    boolean hasRows(String database, String table) throws SQLException, Unkeepable {
        return in(database, settings.timeout(), connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT EXISTS (SELECT FROM " + KeptRows.SCHEMA + "." + Names.quoted(table) + ")")) {
                return row.next() && row.getBoolean(1);
            }
        });
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As the kept tables of one code are called. */
    public static String name(HoldCode code, String once) {
        return "k" + code.value().replace("-", "").toLowerCase(Locale.ROOT) + (once.isEmpty() ? "" : "_" + once);
    }

    private interface Attempt<T> {
        T get() throws SQLException, Unkeepable, StoreUnavailable;
    }

    private static <T> T done(Attempt<T> attempt) throws NetFailure {
        try {
            return attempt.get();
        } catch (Unkeepable cannot) {
            throw failure(NetFailure.Kind.UNABLE, cannot.why(), cannot.hint());
        } catch (StoreUnavailable away) {
            log.warn("what was kept could not be written down: {}", away.getMessage());
            throw failure(
                    NetFailure.Kind.FAILED,
                    "that cannot be written down",
                    "The control database cannot be used; the log of the proxy says more.");
        } catch (SQLException failed) {
            log.warn("rows could not be kept: {}", failed.getMessage());
            throw failure(NetFailure.Kind.FAILED, ServerWords.of(failed), SETUP);
        }
    }

    /** In the words of a refusal. */
    public static NetFailure failure(NetFailure.Kind kind, String why, String hint) {
        return new NetFailure(kind, "the rows cannot be kept: " + why, hint);
    }
}
