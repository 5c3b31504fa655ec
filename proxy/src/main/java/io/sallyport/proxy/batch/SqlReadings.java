package io.sallyport.proxy.batch;

import io.sallyport.policies.analysis.Analysis;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Every way in which the server may read one string, and what a session asks of them for each batch anew.
 *
 * @param statements those of every reading, one after the other
 * @param count how many statements the server finds; under two readings, the more
 * @param pending whether something was not read yet, or some condition still waits for the parser
 * @param console whether all of them are {@code SALLYPORT …}
 * @param keepsReading whether running them leaves every setting as it is
 * @param plain whether none names a prepared statement, forgets one, or is {@code SALLYPORT …}
 */
record SqlReadings(
        List<StatementFacts> statements,
        int count,
        boolean pending,
        boolean console,
        boolean keepsReading,
        boolean plain) {
    /** Nothing was read yet: nothing is promised. */
    static final SqlReadings NONE = new SqlReadings(List.of(), 0, true, false, false, false);

    private static final Set<StatementKind> KEEPS_READING = Set.of(
            StatementKind.BEGIN,
            StatementKind.SAVEPOINT,
            StatementKind.RELEASE,
            StatementKind.DEALLOCATE,
            StatementKind.CLOSE,
            StatementKind.LISTEN,
            StatementKind.UNLISTEN,
            StatementKind.NOTIFY,
            StatementKind.SHOW,
            StatementKind.SALLYPORT);

    static SqlReadings of(List<Analysis> readings) {
        List<StatementFacts> all = readings.get(0).statements();
        int most = all.size();
        boolean pending = readings.get(0).structurePending();
        for (Analysis other : readings.subList(1, readings.size())) {
            most = Math.max(most, other.statements().size());
            pending |= other.structurePending();
            all = new ArrayList<>(all);
            all.addAll(other.statements());
        }
        boolean console = !all.isEmpty();
        boolean keeps = true;
        boolean plain = true;
        for (StatementFacts statement : all) {
            StatementKind kind = statement.kind();
            console &= kind == StatementKind.SALLYPORT;
            keeps &= KEEPS_READING.contains(kind);
            plain &= kind != StatementKind.SALLYPORT
                    && kind != StatementKind.DISCARD
                    && kind != StatementKind.DEALLOCATE
                    && kind != StatementKind.PREPARE
                    && statement.preparedName() == null;
        }
        return new SqlReadings(all, most, pending, console, keeps, plain);
    }
}
