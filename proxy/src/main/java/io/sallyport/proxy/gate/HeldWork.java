package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.SqlText;
import java.util.List;

/**
 * What an approver reads of a held batch.
 *
 * @param texts every text that would run, in order, as the client sent it
 * @param parameters values of the Binds, one line a Bind; empty when there are none
 * @param summaries what was found in the statements that a rule stopped
 * @param kinds labels of all statements
 * @param readable whether every statement could be read
 */
public record HeldWork(
        String texts, List<String> parameters, List<String> summaries, List<String> kinds, boolean readable) {

    static HeldWork of(BatchReading reading, List<String> parameters, List<StatementFacts> stopped) {
        List<SqlText> texts = reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .distinct()
                .toList();
        List<StatementFacts> all =
                texts.stream().flatMap(text -> text.statements().stream()).toList();
        return new HeldWork(
                String.join(";\n", texts.stream().map(SqlText::display).toList()),
                parameters,
                stopped.stream().map(StatementSummary::of).distinct().toList(),
                all.stream()
                        .map(statement -> statement.kind().label())
                        .distinct()
                        .toList(),
                all.stream().allMatch(statement -> statement.unreadable() == null));
    }
}
