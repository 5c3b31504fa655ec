package io.sallyport.proxy.safety;

import io.sallyport.policies.decision.SafetyNet;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rows that a batch has touched, as they were before.
 *
 * @param at when they were kept, by the proxy's clock
 * @param until when they are dropped
 * @param verb DELETE, UPDATE or TRUNCATE
 * @param state what has become of them
 * @param undoneBy the code of the hold by which they were brought back, or are being; empty for none
 * @param note what was said of the last attempt to bring them back; empty where nothing was
 * @param beside what else its transaction wrote, and no undo takes back, a line a table
 */
public record KeptRows(
        Instant at,
        Instant until,
        String database,
        String verb,
        List<KeptTable> tables,
        State state,
        String undoneBy,
        String note,
        List<String> beside)
        implements KeptNet {
    /** Where kept rows are, in the database that they are of. */
    public static final String SCHEMA = "sallyport_kept";

    /** What becomes of kept rows. */
    public enum State {
        /** Written just before COMMIT: where that failed, the kept tables are empty. */
        KEPT,
        /** Somebody has approved that they are brought back. */
        UNDOING,
        UNDONE,
        /** The server did not say whether it has brought them back. */
        UNCLEAR,
        /** Their time was up. */
        DROPPED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public KeptRows {
        tables = List.copyOf(tables);
        beside = List.copyOf(beside);
    }

    @Override
    public SafetyNet net() {
        return SafetyNet.KEEP_ROWS;
    }

    public long rows() {
        return tables.stream().mapToLong(KeptTable::rows).sum();
    }

    @Override
    public String told() {
        String what = tables.stream()
                .map(table -> String.format(
                        Locale.ROOT, "%,d %s of %s", table.rows(), table.rows() == 1 ? "row" : "rows", table.told()))
                .collect(Collectors.joining(", "));
        return what + " kept as they were before " + verb
                + switch (state) {
                    case KEPT -> "";
                    case UNDOING -> ", being brought back by " + undoneBy;
                    case UNDONE -> ", brought back by " + undoneBy;
                    case UNCLEAR -> ", perhaps brought back by " + undoneBy + ": look at the table";
                    case DROPPED -> ", and dropped since";
                };
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    /** The same, in another state. */
    public KeptRows in(State other, String by, String said) {
        return new KeptRows(at, until, database, verb, tables, other, by, said, beside);
    }
}
