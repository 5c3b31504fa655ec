package io.sallyport.proxy.kept;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.sql.LexerSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a DELETE, an UPDATE or a TRUNCATE touches, as a query made of pieces of its own text, byte for byte: what the server makes of names and
 * literals there it makes of them here. A derivation is no proof: whoever relies on it compares with what the server says afterwards.
 *
 * <pre>
 *   WITH w AS (…) DELETE FROM ONLY s.t AS a USING u WHERE c RETURNING r
 *   WITH w AS (…) SELECT … FROM ONLY s.t AS a WHERE EXISTS (SELECT FROM u WHERE c)
 * </pre>
 *
 * @param verb what becomes of the rows
 * @param tables one for DELETE and UPDATE
 * @param with the WITH list in front; empty where there is none
 * @param beside what USING or FROM lists; null where there is none
 * @param condition behind WHERE; null where there is none
 */
public record TouchedRows(
        Verb verb, List<Relation> tables, byte[] with, byte @Nullable [] beside, byte @Nullable [] condition) {
    /** What becomes of the rows. */
    public enum Verb {
        DELETE,
        UPDATE,
        TRUNCATE
    }

    /**
     * A table that the statement names.
     *
     * @param source as it stands in the text, with ONLY, the star and its alias
     * @param variable what its rows are called: the alias, or the name without its schema
     * @param name without blanks and comments between its parts, as an input of regclass
     * @param only whether the tables that inherit from it are not meant
     */
    public record Relation(byte[] source, byte[] variable, byte[] name, boolean only) {}

    public TouchedRows {
        tables = List.copyOf(tables);
    }

    /**
     * Reads one statement.
     *
     * @param sql exactly its bytes
     * @throws Unkeepable where it does anything else than touch rows that a query can tell
     */
    public static TouchedRows of(StatementFacts statement, byte[] sql, LexerSettings settings) throws Unkeepable {
        if (!statement.readable()) {
            throw new Unkeepable("the statement cannot be read", "Write it more plainly.");
        }
        if (!statement.nested().isEmpty()) {
            throw new Unkeepable(
                    "it writes in more than one place", "Send each of the writes as a statement of its own.");
        }
        if (!settings.asciiSafeEncoding()) {
            throw new Unkeepable(
                    "in this client_encoding half a letter can be a quote", "SET client_encoding = 'UTF8'.");
        }
        StatementKind kind = statement.kind();
        if (kind == StatementKind.DELETE || kind == StatementKind.UPDATE || kind == StatementKind.TRUNCATE) {
            return new TouchedRowsReader(sql, settings).read();
        }
        throw new Unkeepable(
                kind.label() + " is not one of DELETE, UPDATE and TRUNCATE",
                "What " + kind.label() + " destroys, only a restore_point or a backup brings back.");
    }

    /**
     * A query over the rows of one table.
     *
     * @param before between the WITH list and SELECT, such as an INSERT
     * @param columns what is selected, in ASCII; {@code ?} stands for the rows' name
     * @param after such as LIMIT, FOR UPDATE; {@code ?} as well
     */
    public byte[] select(Relation table, String before, String columns, String after) {
        Text text = new Text().add(with).add("\n").add(before).add("SELECT ");
        text.named(columns, table).add(" FROM ").add(table.source);
        if (beside != null) {
            text.add(" WHERE EXISTS (SELECT FROM ").add(beside);
            if (condition != null) {
                text.add("\n WHERE ").add(condition);
            }
            text.add("\n)");
        } else if (condition != null) {
            text.add(" WHERE (").add(condition).add("\n)");
        }
        return text.add(" ").named(after, table).bytes();
    }

    /** Whether a query over its rows begins with a WITH list of the client's. */
    boolean hasWith() {
        return with.length > 0;
    }

    /** How many rows there are, of a DELETE or an UPDATE. */
    public byte[] count() {
        return select(tables.get(0), "", "pg_catalog.count(*)", "");
    }

    /** Bytes of the client's, and ASCII of ours. */
    private static final class Text {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Text add(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Text add(String ascii) {
            return add(ascii.getBytes(StandardCharsets.US_ASCII));
        }

        Text named(String ascii, Relation table) {
            int from = 0;
            for (int at = ascii.indexOf('?'); at >= 0; at = ascii.indexOf('?', from)) {
                add(ascii.substring(from, at)).add(table.variable);
                from = at + 1;
            }
            return add(ascii.substring(from));
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
