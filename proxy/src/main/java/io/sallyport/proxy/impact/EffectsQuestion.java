package io.sallyport.proxy.impact;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.effects.Effects;
import io.sallyport.policies.effects.TableEffect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks what the transaction has done so far (manual, "The Cumulative Statistics System"), and reads the answer, a row at a time. The server's counters still have what
 * the session's latest transactions did, as long as it has not passed that on: see {@link Effects#since}.
 */
public final class EffectsQuestion {
    /**
     * Every name is qualified, operators too: search_path is the client's. In hex, names read alike under any client_encoding. A partition counts as its topmost table;
     * temporary tables are nobody else's. Locks are looked at only where a catalog was changed, for pg_locks costs everybody.
     */
    private static final String SQL = """
            WITH counted AS (
              SELECT c.oid, c.relnamespace, c.relname, c.relkind,
                pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) AS ins,
                pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) AS upd,
                pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS del
              FROM pg_catalog.pg_class AS c
              WHERE c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'm']::pg_catalog."char"[])
                AND c.relpersistence OPERATOR(pg_catalog.<>) 't'),
            changed AS MATERIALIZED (
              SELECT t.oid, n.nspname, t.relname, t.ins, t.upd, t.del
              FROM counted AS t JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) t.relnamespace
              WHERE t.ins OPERATOR(pg_catalog.>) 0 OR t.upd OPERATOR(pg_catalog.>) 0 OR t.del OPERATOR(pg_catalog.>) 0),
            told AS (
              SELECT CASE WHEN own.nspname OPERATOR(pg_catalog.=) ANY (ARRAY['pg_catalog', 'information_schema']::pg_catalog.name[]) THEN 'catalog' ELSE 'table' END AS what,
                COALESCE(n.nspname, own.nspname) AS schema, COALESCE(r.relname, own.relname) AS name, own.ins, own.upd, own.del
              FROM changed AS own
              LEFT JOIN pg_catalog.pg_class AS r ON r.oid OPERATOR(pg_catalog.=) pg_catalog.pg_partition_root(own.oid)
              LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) r.relnamespace
              UNION ALL
              SELECT 'lock', COALESCE(n.nspname, ''), COALESCE(c.relname, pg_catalog.concat('table ', l.relation)::pg_catalog.name), 0, 0, 0
              FROM pg_catalog.pg_locks AS l
              LEFT JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) l.relation
              LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
              WHERE EXISTS (SELECT 1 FROM changed WHERE changed.nspname OPERATOR(pg_catalog.=) 'pg_catalog')
                AND l.locktype OPERATOR(pg_catalog.=) 'relation' AND l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
                AND l.mode OPERATOR(pg_catalog.=) 'AccessExclusiveLock'
                AND (c.oid IS NULL OR c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p', 'm']::pg_catalog."char"[]))
                AND (c.oid IS NULL OR c.relpersistence OPERATOR(pg_catalog.<>) 't'))
            SELECT pg_catalog.concat_ws(' ', told.what,
              pg_catalog.encode(pg_catalog.convert_to(told.schema::pg_catalog.text, 'UTF8'), 'hex') OPERATOR(pg_catalog.||) '.',
              pg_catalog.encode(pg_catalog.convert_to(told.name::pg_catalog.text, 'UTF8'), 'hex') OPERATOR(pg_catalog.||) '.',
              told.ins, told.upd, told.del)
            FROM told
            UNION ALL SELECT pg_catalog.concat('counting ', pg_catalog.current_setting('track_counts'))
            UNION ALL SELECT 'later' WHERE EXISTS (
              SELECT 1 FROM pg_catalog.pg_cursors AS c
              WHERE c.is_holdable AND c.creation_time OPERATOR(pg_catalog.>=) pg_catalog.now())""";

    /** Has the server pass on what it has counted, as soon as it is idle (since PostgreSQL 15). */
    public static final String FORGET = "SELECT pg_catalog.pg_stat_force_next_flush()";

    private static final int FIRST_THAT_FORGETS = 15;

    private final List<TableEffect> tables = new ArrayList<>();
    private final List<TableEffect> catalogs = new ArrayList<>();
    private final List<String> locks = new ArrayList<>();
    private boolean counting;
    private boolean later;
    private @Nullable String broken;

    public static byte[] sql() {
        return SQL.getBytes(StandardCharsets.US_ASCII);
    }

    /** @param reported what the server reported of itself when the session began */
    public static boolean canForget(Map<String, String> reported) {
        String version = reported.getOrDefault("server_version", "");
        int end = 0;
        while (end < version.length() && Character.isDigit(version.charAt(end))) {
            end++;
        }
        return end > 0 && end < 6 && Integer.parseInt(version.substring(0, end)) >= FIRST_THAT_FORGETS;
    }

    /** Takes one row of the answer. */
    public void row(String text) {
        String[] words = text.split(" ", -1);
        try {
            switch (words[0]) {
                case "counting" -> counting = words[1].equals("on");
                // Its query runs at COMMIT (portalmem.c, PreCommit_Portals).
                case "later" -> later = true;
                case "lock" -> locks.add(name(words).toString());
                case "catalog" -> catalogs.add(effect(words));
                case "table" -> tables.add(effect(words));
                default -> broken = "an answer of another form";
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException unexpected) {
            broken = "an answer of another form";
        }
    }

    private static TableEffect effect(String[] words) {
        return new TableEffect(
                name(words), Long.parseLong(words[3]), Long.parseLong(words[4]), Long.parseLong(words[5]));
    }

    private static TableName name(String[] words) {
        String schema = unhex(words[1]);
        return new TableName(schema.isEmpty() ? null : schema, unhex(words[2]));
    }

    /** With a dot behind, so that no name leaves no word. */
    private static String unhex(String word) {
        return new String(HexFormat.of().parseHex(word.substring(0, word.length() - 1)), StandardCharsets.UTF_8);
    }

    /** Unmeasured where the answer did not come whole, or where the server does not count. */
    public Effects effects() {
        if (broken != null) {
            return Effects.unmeasured(broken);
        }
        if (later) {
            return Effects.unmeasured("a cursor WITH HOLD runs its query at COMMIT");
        }
        return counting
                ? new Effects(tables, catalogs, locks, null)
                : Effects.unmeasured("the server did not tell, or does not count (track_counts)");
    }
}
