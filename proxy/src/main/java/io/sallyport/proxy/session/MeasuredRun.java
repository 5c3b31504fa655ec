package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.SqlText;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A batch that runs enclosed.
 *
 * @param batch a copy, to be sent again where somebody has to agree first
 * @param released where it is noted what becomes of it; null where nobody had to agree to its text
 * @param synced whether its answers end with a ReadyForQuery
 * @param copies whether the server will ask for COPY data
 * @param savepoint its name, where it is enclosed by one
 * @param trial where it is run to be rolled back; null where it may stay done
 */
record MeasuredRun(
        Batch batch,
        BatchReading reading,
        @Nullable RunOutcome released,
        boolean synced,
        boolean copies,
        Enclosure enclosure,
        String savepoint,
        @Nullable Trial trial) {
    /** Answers up to this size, in bytes, are kept back until what was done may stay done. */
    static final int MOST_KEPT = 64 * 1024;

    /** What cannot be done twice: a rollback does not take it back. */
    private static final Set<StatementKind> ONCE =
            EnumSet.of(StatementKind.PREPARE, StatementKind.DEALLOCATE, StatementKind.DISCARD, StatementKind.COPY_FROM);

    static MeasuredRun of(Batch batch, BatchReading reading, Enclosure enclosure, @Nullable RunOutcome released) {
        return of(batch, reading, enclosure, released, null);
    }

    static MeasuredRun of(Batch batch, BatchReading reading, Enclosure enclosure, Trial trial) {
        return of(batch, reading, enclosure, null, trial);
    }

    private static MeasuredRun of(
            Batch batch,
            BatchReading reading,
            Enclosure enclosure,
            @Nullable RunOutcome released,
            @Nullable Trial trial) {
        return new MeasuredRun(
                batch.copy(),
                reading,
                released,
                Wrapping.synced(batch),
                copies(reading),
                enclosure,
                OwnScript.unguessable("sallyport_"),
                trial);
    }

    private static boolean copies(BatchReading reading) {
        return reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .anyMatch(SqlText::copiesFromClient);
    }

    /** Whether it is one simple Query. */
    boolean simple() {
        return batch.last().tag() == FrontendTag.QUERY.code();
    }

    /** Whether the same can be sent once more, as if it had not been. */
    boolean repeatable() {
        return synced
                && !copies
                && reading.console().isEmpty()
                && reading.resumed().isEmpty()
                && reading.points().stream()
                        .flatMap(point -> point.texts().stream())
                        .flatMap(text -> text.statements().stream())
                        .map(StatementFacts::kind)
                        .noneMatch(ONCE::contains);
    }

    /** The statements that it has prepared under a name. */
    List<String> prepared() {
        return batch.frames().stream()
                .filter(frame -> frame.tag() == FrontendTag.PARSE.code())
                .map(MeasuredRun::name)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String name(Frame frame) {
        return FrontendMessage.Parse.of(frame).name();
    }

    /** What ends it. In the client's transaction what failed stays failed, as the server has left it. */
    OwnScript ending(EffectsEnding how) {
        boolean failed = how instanceof EffectsEnding.Answered
                || how instanceof EffectsEnding.Failed
                || how instanceof EffectsEnding.Told;
        if (how instanceof EffectsEnding.Commits) {
            return enclosure.keep(savepoint);
        }
        return failed && enclosure == Enclosure.SAVEPOINT ? new OwnScript() : enclosure.undo(savepoint);
    }
}
