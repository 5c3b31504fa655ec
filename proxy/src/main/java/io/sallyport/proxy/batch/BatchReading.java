package io.sallyport.proxy.batch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a batch would do, as far as text tells.
 *
 * @param points where the gate stands, in order
 * @param console messages that carry, or bind, a {@code SALLYPORT} statement, which the proxy answers itself
 * @param changes what becomes of prepared statements if the server agrees
 * @param resumed Executes of portals that an earlier batch made
 * @param unsettled whether the reading hangs on an answer that is still to come: read again when it came
 */
public record BatchReading(
        List<Judgeable> points,
        List<ConsoleCall> console,
        List<NameChange> changes,
        List<Integer> resumed,
        boolean unsettled) {
    static final BatchReading UNSETTLED = new BatchReading(List.of(), List.of(), List.of(), List.of(), true);

    /** A reading of something that must be refused before it was read. */
    public static final BatchReading NOTHING = new BatchReading(List.of(), List.of(), List.of(), List.of(), false);

    /**
     * @param index which message
     * @param portal the portal that a Bind makes; null for Query and Parse
     * @param name the statement that a Parse makes; null for Query and Bind
     */
    public record ConsoleCall(
            int index,
            SqlText text,
            @Nullable String portal,
            @Nullable String name) {
        /** Whether the message runs the statement (Query, Bind), or only prepares it (Parse). */
        public boolean runs() {
            return name == null;
        }
    }

    /**
     * @param index the message whose answer confirms it
     * @param text what the name will stand for; null when it is to be forgotten
     * @param name null for all names
     */
    public record NameChange(
            int index, @Nullable String name, @Nullable SqlText text) {}

    /** Whether the messages before {@code upTo} may change how the server reads what comes after them. */
    public boolean mayChangeReading(int upTo) {
        for (int index : resumed) {
            if (index < upTo) {
                return true;
            }
        }
        for (Judgeable point : points) {
            if (point.index() < upTo) {
                for (SqlText text : point.texts()) {
                    if (!text.keepsReading()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** How many statements, as the client sent them: where several texts may be meant by one message, the longest counts. */
    public int statementCount() {
        int count = 0;
        for (Judgeable point : points) {
            int most = 0;
            for (SqlText text : point.texts()) {
                most = Math.max(most, text.statementCount());
            }
            count += most;
        }
        return count;
    }

    /** Texts that must be completed before this batch can be allowed. */
    public List<SqlText> incomplete() {
        // Asked for every batch, and nearly always empty.
        Set<SqlText> incomplete = Set.of();
        for (Judgeable point : points) {
            for (SqlText text : point.texts()) {
                if (text.incomplete()) {
                    incomplete = incomplete.isEmpty() ? new LinkedHashSet<>() : incomplete;
                    incomplete.add(text);
                }
            }
        }
        return List.copyOf(incomplete);
    }
}
