package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.rule.Impact;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.impact.ImpactText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an approver reads of a held batch.
 *
 * @param texts every text that would run, in order, as the client sent it
 * @param parameters values of the Binds, one line a Bind; empty when there are none
 * @param summaries what was found in the statements that a rule stopped
 * @param sums what was changed before, where a rule asked for that
 * @param kinds labels of all statements
 * @param readable whether every statement could be read
 */
public record HeldWork(
        String texts,
        List<String> parameters,
        List<String> summaries,
        List<String> sums,
        List<String> kinds,
        boolean readable) {
    /** A notice is to be read, and psql shows all of it; the text has everything. */
    private static final int MOST_SUMMARIES = 100;

    static HeldWork of(Batch batch, BatchReading reading, List<StatementFacts> stopped) {
        List<SqlText> texts = reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .distinct()
                .toList();
        List<StatementFacts> all =
                texts.stream().flatMap(text -> text.statements().stream()).toList();
        return new HeldWork(
                String.join(";\n", texts.stream().map(SqlText::display).toList()),
                parameters(batch, reading),
                summaries(batch.impacts(), stopped),
                List.of(),
                all.stream()
                        .map(statement -> statement.kind().label())
                        .distinct()
                        .toList(),
                all.stream().allMatch(statement -> statement.unreadable() == null));
    }

    /** The same, with more to be read. */
    HeldWork with(List<String> lines) {
        List<String> all = new ArrayList<>(summaries);
        all.addAll(lines);
        return new HeldWork(texts, parameters, all, sums, kinds, readable);
    }

    /** With what was done before, which the audit has too. */
    HeldWork withSums(List<String> lines) {
        return lines.isEmpty()
                ? this
                : new HeldWork(
                        texts,
                        parameters,
                        Stream.concat(summaries.stream(), lines.stream()).toList(),
                        lines,
                        kinds,
                        readable);
    }

    private static List<String> summaries(
            @Nullable IdentityHashMap<StatementFacts, Impact> impacts, List<StatementFacts> stopped) {
        List<String> shown = new ArrayList<>(stopped.stream()
                .map(statement -> ImpactText.after(
                        StatementSummary.of(statement), impacts == null ? null : impacts.get(statement)))
                .distinct()
                .limit(MOST_SUMMARIES + 1)
                .toList());
        if (shown.size() > MOST_SUMMARIES) {
            shown.set(MOST_SUMMARIES, "and more: " + stopped.size() + " statements in all");
        }
        return shown;
    }

    private static List<String> parameters(Batch batch, BatchReading reading) {
        return reading.points().stream()
                .filter(point -> batch.frame(point.index()).tag() == FrontendTag.BIND.code())
                .map(point -> ParameterText.of(
                        batch.frame(point.index()),
                        point.texts().size() == 1 ? point.texts().get(0).parameterTypes() : List.of()))
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
