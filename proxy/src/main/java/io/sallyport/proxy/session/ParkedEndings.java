package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.BatchReading.NameChange;
import io.sallyport.proxy.batch.SqlText;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Statements that end transactions, and that the client has prepared by name. A function can run them by that name: the server forbids COMMIT in a
 * function, and not EXECUTE of one (spi.c, prepare.c). Where it is looked at what runs, the server has them only while nothing else runs: before, they are closed there, and
 * before the client uses one it is prepared again.
 */
final class ParkedEndings {
    private static final Set<StatementKind> ENDINGS = EnumSet.of(
            StatementKind.COMMIT,
            StatementKind.ROLLBACK,
            StatementKind.ROLLBACK_TO,
            StatementKind.RELEASE,
            StatementKind.PREPARE_TRANSACTION,
            StatementKind.UNREADABLE);

    private final SessionContext context;
    private final Set<String> parked = new LinkedHashSet<>();

    ParkedEndings(SessionContext context) {
        this.context = context;
    }

    /**
     * Before a batch that is looked at: what it needs is there, and nothing that could end the transaction behind it.
     *
     * @return false where that cannot be had
     */
    boolean clear(Batch batch, BatchReading reading) {
        parked.retainAll(context.prepared().names(text -> true));
        Set<String> closed = named(batch, FrontendTag.CLOSE);
        // What the client closes is not to come back, and nobody knows yet what will have its name.
        parked.removeAll(closed);
        Set<String> wanted = named(batch, FrontendTag.PARSE, FrontendTag.BIND, FrontendTag.DESCRIBE);
        wanted.retainAll(parked);
        if (onlyEnds(reading)) {
            // Brought back right before it goes: our question runs what waits for COMMIT.
            return true;
        }
        Set<String> there = new LinkedHashSet<>(context.prepared().names(ParkedEndings::ends));
        if (prepares(reading) || wanted.stream().anyMatch(there::contains)) {
            return false;
        }
        there.removeAll(parked);
        if (there.isEmpty() && wanted.isEmpty()) {
            return true;
        }
        if (!context.tracker().atBoundary()) {
            return false;
        }
        OwnScript moves = new OwnScript();
        // Long texts are parked before it is known what they say.
        wanted.forEach(name -> prepare(name, moves));
        there.forEach(moves::forget);
        moves.send(context);
        parked.removeAll(wanted);
        parked.addAll(there);
        parked.removeAll(closed);
        return true;
    }

    /**
     * Right before a batch goes that only ends something: what it names is there.
     *
     * @return false where the server cannot be asked now
     */
    boolean bring(Batch batch, BatchReading reading) {
        Set<String> wanted = named(batch, FrontendTag.PARSE, FrontendTag.BIND, FrontendTag.DESCRIBE);
        wanted.retainAll(parked);
        if (wanted.isEmpty() || !onlyEnds(reading)) {
            return true;
        }
        if (!context.tracker().atBoundary()) {
            return false;
        }
        OwnScript prepares = new OwnScript();
        wanted.forEach(name -> prepare(name, prepares));
        prepares.send(context);
        parked.removeAll(wanted);
        return true;
    }

    /**
     * Has the server know all of them again.
     *
     * @return false where it cannot be asked now
     */
    boolean restore() {
        if (parked.isEmpty()) {
            return true;
        }
        if (!context.tracker().atBoundary()) {
            return false;
        }
        OwnScript prepares = new OwnScript();
        parked.forEach(name -> prepare(name, prepares));
        prepares.send(context);
        parked.clear();
        return true;
    }

    /** What the client has closed meanwhile, nobody needs. */
    private void prepare(String name, OwnScript script) {
        SqlText text = context.prepared().only(name);
        if (text != null) {
            script.prepare(name, text.bytes(), text.declaredTypes());
            // A Parse that fails skips the others.
            script.sync();
        }
    }

    /** Whether nothing but such statements runs with it. */
    private static boolean onlyEnds(BatchReading reading) {
        return reading.resumed().isEmpty()
                && reading.points().stream()
                        .flatMap(point -> point.texts().stream())
                        .allMatch(ParkedEndings::ends);
    }

    /** Whether it prepares one by name. */
    static boolean prepares(BatchReading reading) {
        return reading.changes().stream().anyMatch(ParkedEndings::preparesOne);
    }

    private static boolean preparesOne(NameChange change) {
        SqlText text = change.text();
        String name = change.name();
        return text != null && name != null && !name.isEmpty() && ends(text);
    }

    private static boolean ends(SqlText text) {
        return text.incomplete()
                || text.statements().stream().map(StatementFacts::kind).anyMatch(ENDINGS::contains);
    }

    /** The prepared statements that such messages are about. */
    private static Set<String> named(Batch batch, FrontendTag... tags) {
        Set<String> names = new LinkedHashSet<>();
        for (Frame frame : batch.frames()) {
            String name = Arrays.asList(tags).contains(FrontendTag.of(frame.tag())) ? named(frame) : null;
            if (name != null && !name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** The prepared statement that a message is about; null where it is about none. */
    private static @Nullable String named(Frame frame) {
        FrontendTag tag = FrontendTag.of(frame.tag());
        if (tag == FrontendTag.PARSE) {
            return FrontendMessage.Parse.of(frame).name();
        } else if (tag == FrontendTag.BIND) {
            return FrontendMessage.Bind.namesOf(frame).statement();
        } else if (tag == FrontendTag.CLOSE || tag == FrontendTag.DESCRIBE) {
            // Both have the same form.
            FrontendMessage.Close close = FrontendMessage.Close.of(frame);
            return close.statement() ? close.name() : null;
        }
        return null;
    }
}
