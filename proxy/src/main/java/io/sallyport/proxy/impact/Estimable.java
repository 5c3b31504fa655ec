package io.sallyport.proxy.impact;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.analysis.TableName;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose rows the server's planner can estimate, as it would run.
 *
 * @param sql as received, in the client's encoding
 * @param types OIDs of its parameters' types, four bytes each, as its Parse declared them
 * @param values its parameters with their formats, as its Bind has them; null for a statement of a simple Query
 * @param targets the tables whose size its rows are compared with
 */
public record Estimable(
        StatementFacts statement, byte[] sql, byte[] types, byte @Nullable [] values, List<TableName> targets) {
    /** Beyond, nobody waits for that many answers. pgjdbc sends a batch of many in pieces of 256 (QueryExecutorImpl). */
    private static final int MOST = 300;

    private static final Set<StatementKind> WRITES =
            EnumSet.of(StatementKind.INSERT, StatementKind.UPDATE, StatementKind.DELETE, StatementKind.MERGE);

    private static final byte[] EXPLAIN = "EXPLAIN (FORMAT JSON) ".getBytes(StandardCharsets.US_ASCII);

    /** All of a batch; none where there are too many to be asked for. */
    public static List<Estimable> of(Batch batch, BatchReading reading) {
        List<Estimable> found = new ArrayList<>();
        for (Judgeable point : reading.points()) {
            if (point.problem() != null || point.texts().size() != 1) {
                continue;
            }
            SqlText text = point.texts().get(0);
            if (text.certain()) {
                for (StatementFacts statement : text.statements()) {
                    add(batch.frame(point.index()), text, statement, found);
                }
            }
        }
        return found.size() > MOST ? List.of() : found;
    }

    private static void add(Frame frame, SqlText text, StatementFacts statement, List<Estimable> found) {
        List<TableName> targets = targets(statement);
        boolean bound = frame.tag() == FrontendTag.BIND.code();
        if (!targets.isEmpty() && (bound || frame.tag() == FrontendTag.QUERY.code())) {
            found.add(new Estimable(
                    statement,
                    text.bytesOf(statement),
                    bound ? text.declaredTypes() : new byte[0],
                    bound ? FrontendMessage.Bind.valuesOf(frame) : null,
                    targets));
        }
    }

    /** Empty where the planner cannot be asked about it. */
    private static List<TableName> targets(StatementFacts statement) {
        if (statement.kind() == StatementKind.TRUNCATE) {
            return statement.tables();
        }
        if (statement.kind() == StatementKind.SELECT) {
            return statement.nested().stream()
                    .map(Estimable::targets)
                    .filter(targets -> !targets.isEmpty())
                    .findFirst()
                    .orElse(List.of());
        }
        return WRITES.contains(statement.kind()) && !statement.tables().isEmpty()
                ? statement.tables().subList(0, 1)
                : List.of();
    }

    /** Whether all rows of its tables are meant: there is no plan. */
    boolean wholeTables() {
        return statement.kind() == StatementKind.TRUNCATE;
    }

    /** The question for its plan; null where it has none. */
    public byte @Nullable [] planQuestion() {
        if (wholeTables()) {
            return null;
        }
        byte[] question = new byte[EXPLAIN.length + sql.length];
        System.arraycopy(EXPLAIN, 0, question, 0, EXPLAIN.length);
        System.arraycopy(sql, 0, question, EXPLAIN.length, sql.length);
        return question;
    }

    /** The questions for the size of its tables, in the planner's eyes: statistics that count for one count for the other. */
    public List<byte[]> sizeQuestions() {
        return targets.stream()
                .map(table -> "EXPLAIN (FORMAT JSON) SELECT FROM " + quoted(table))
                .map(question -> question.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String quoted(TableName table) {
        String name = quoted(table.name());
        return table.schema() == null ? name : quoted(table.schema()) + "." + name;
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
