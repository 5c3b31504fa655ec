package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.protocol.frame.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The command tags by which the server may answer a statement of each kind (src/include/tcop/cmdtaglist.h; tcop/utility.c, CreateCommandTag). Most
 * are the kind in capitals.
 */
final class CommandTags {
    private static final Map<StatementKind, List<String>> OTHERS = new EnumMap<>(Map.ofEntries(
            Map.entry(StatementKind.SELECT_INTO, List.of("SELECT")),
            Map.entry(StatementKind.TRUNCATE, List.of("TRUNCATE TABLE")),
            Map.entry(StatementKind.COPY_FROM, List.of("COPY")),
            Map.entry(StatementKind.COPY_TO, List.of("COPY")),
            Map.entry(StatementKind.EXPLAIN_ANALYZE, List.of("EXPLAIN")),
            Map.entry(StatementKind.BEGIN, List.of("BEGIN", "START TRANSACTION")),
            // In a failed transaction, or where a COMMIT finds that it has failed, all of them roll back.
            Map.entry(StatementKind.COMMIT, List.of("COMMIT", "ROLLBACK")),
            Map.entry(StatementKind.PREPARE_TRANSACTION, List.of("PREPARE TRANSACTION", "ROLLBACK")),
            Map.entry(StatementKind.ROLLBACK_TO, List.of("ROLLBACK")),
            Map.entry(StatementKind.SET_TRANSACTION, List.of("SET")),
            Map.entry(StatementKind.SET_ROLE, List.of("SET", "RESET")),
            Map.entry(
                    StatementKind.DISCARD,
                    List.of("DISCARD ALL", "DISCARD PLANS", "DISCARD SEQUENCES", "DISCARD TEMP", "DISCARD")),
            Map.entry(StatementKind.DEALLOCATE, List.of("DEALLOCATE", "DEALLOCATE ALL")),
            Map.entry(StatementKind.CLOSE, List.of("CLOSE CURSOR", "CLOSE CURSOR ALL")),
            Map.entry(StatementKind.VACUUM_FULL, List.of("VACUUM")),
            Map.entry(StatementKind.LOCK, List.of("LOCK TABLE")),
            Map.entry(StatementKind.GRANT, List.of("GRANT", "GRANT ROLE")),
            Map.entry(StatementKind.REVOKE, List.of("REVOKE", "REVOKE ROLE")),
            // WITH NO DATA, and IF NOT EXISTS of what exists, have no rows to count.
            Map.entry(StatementKind.CREATE_TABLE_AS, List.of("SELECT", "CREATE TABLE AS")),
            Map.entry(StatementKind.CREATE_MATERIALIZED_VIEW, List.of("SELECT", "CREATE MATERIALIZED VIEW")),
            // Without a handler it is CREATE EXTENSION to the grammar (gram.y, CreatePLangStmt).
            Map.entry(StatementKind.CREATE_LANGUAGE, List.of("CREATE LANGUAGE", "CREATE EXTENSION")),
            Map.entry(StatementKind.REPLICATION, List.of()),
            Map.entry(StatementKind.CREATE_REPLICATION_SLOT, List.of()),
            Map.entry(StatementKind.ALTER_REPLICATION_SLOT, List.of()),
            Map.entry(StatementKind.DROP_REPLICATION_SLOT, List.of()),
            Map.entry(StatementKind.SALLYPORT, List.of()),
            Map.entry(StatementKind.UNREADABLE, List.of())));

    private static final Map<StatementKind, byte[][]> BYTES = new EnumMap<>(StatementKind.class);

    static {
        for (StatementKind kind : StatementKind.values()) {
            byte[][] tags = of(kind).stream()
                    .map(tag -> tag.getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);
            BYTES.put(kind, tags);
        }
    }

    private CommandTags() {}

    /** Empty where any may come. An EXECUTE is mostly answered by the tag of what it runs. */
    static List<String> of(StatementKind kind) {
        List<String> other = OTHERS.get(kind);
        return other == null ? List.of(kind.name().replace('_', ' ')) : other;
    }

    /** @param tag body of a CommandComplete; it is looked at, and not read on */
    static boolean fits(StatementKind kind, WireReader tag) {
        byte[][] possible = Objects.requireNonNull(BYTES.get(kind));
        for (byte[] one : possible) {
            if (is(one, tag)) {
                return true;
            }
        }
        return possible.length == 0;
    }

    /** The words, and behind them nothing but counts of rows: {@code INSERT 0 1}. */
    private static boolean is(byte[] words, WireReader tag) {
        int at = 0;
        while (at < words.length) {
            if (tag.peek(at) != words[at]) {
                return false;
            }
            at++;
        }
        for (int next = tag.peek(at); next > 0; next = tag.peek(++at)) {
            if (next != ' ' && (next < '0' || next > '9')) {
                return false;
            }
        }
        return tag.peek(at) == 0;
    }
}
