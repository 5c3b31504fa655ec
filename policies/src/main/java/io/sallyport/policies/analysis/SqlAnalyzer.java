package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.structure.ParserBudget;
import io.sallyport.policies.sql.HiddenBytes;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.StatementSplitter;
import io.sallyport.policies.sql.TokenList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a string of SQL. Never throws: what cannot be read becomes a statement of kind {@link StatementKind#UNREADABLE}. */
public final class SqlAnalyzer {
    /** A string of more is no person's and no driver's; the facts of each take memory. */
    private static final int MOST_STATEMENTS = 250_000;

    private SqlAnalyzer() {}

    /** The lexer and the token readers alone: microseconds. */
    public static Analysis tokens(byte[] text, LexerSettings settings) {
        return analyse(text, settings, false);
    }

    /** Unclear conditions are parsed as well: slow, not for an event loop. */
    public static Analysis complete(byte[] text, LexerSettings settings) {
        return analyse(text, settings, true);
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private static Analysis analyse(byte[] text, LexerSettings settings, boolean complete) {
        boolean ascii = true;
        boolean nul = false;
        for (byte b : text) {
            ascii &= b >= 0;
            nul |= b == 0;
        }
        if (nul) {
            return unreadable(text, ascii, "a byte is zero");
        }
        try {
            return statements(text, settings, complete, ascii);
        } catch (RuntimeException | StackOverflowError e) {
            return unreadable(text, ascii, "the reader failed: " + e.getClass().getSimpleName());
        }
    }

    private static Analysis statements(byte[] text, LexerSettings settings, boolean complete, boolean ascii) {
        StatementSplitter splitter = new StatementSplitter(text, settings);
        List<StatementFacts> statements = new ArrayList<>();
        boolean pending = false;
        ParserBudget budget = new ParserBudget();
        boolean dependent = false;
        for (TokenList tokens = splitter.next(); tokens != null; tokens = splitter.next()) {
            if (statements.size() == MOST_STATEMENTS) {
                return unreadable(text, ascii, "more than " + MOST_STATEMENTS + " statements in one string");
            }
            Reading reading = new Reading(text, tokens, settings, complete, budget);
            StatementFacts facts = statement(reading);
            if (!ascii && !settings.asciiSafeEncoding() && !readsAlike(facts, tokens, text)) {
                return unreadable(
                        text, false, "letters beyond ASCII in a client encoding that may hide quotes in them");
            }
            statements.add(facts);
            pending |= reading.isStructurePending();
            dependent |= reading.isDependentOnConformingStrings();
        }
        return new Analysis(statements, dependent || splitter.dependsOnConformingStrings(), ascii, pending);
    }

    /** Literals of other statements may hold code, which is read by its own rules. */
    private static boolean readsAlike(StatementFacts facts, TokenList tokens, byte[] text) {
        return switch (facts.kind()) {
            case SELECT, INSERT, UPDATE, DELETE, MERGE -> HiddenBytes.areHarmless(tokens, text);
            default -> !HiddenBytes.exist(text, facts.start(), facts.end());
        };
    }

    /** The one statement in all of the reading's tokens. */
    static StatementFacts statement(Reading reading) {
        TokenList tokens = reading.tokens();
        StatementFacts replication = ReplicationCommands.read(reading);
        if (replication != null) {
            return replication;
        }
        String problem = tokens.problem();
        if (problem == null) {
            try {
                return new StatementReader(reading).statement(0, tokens.size());
            } catch (Unreadable e) {
                problem = e.reason();
            } catch (RuntimeException | StackOverflowError e) {
                problem = "the reader failed: " + e.getClass().getSimpleName();
            }
        }
        StatementFacts watch = WatchCommand.read(reading);
        if (watch != null) {
            return watch;
        }
        return unreadable(reading, 0, tokens.size(), problem);
    }

    /** Facts of the tokens [from, to), which cannot be read. */
    static StatementFacts unreadable(Reading reading, int from, int to, String reason) {
        return unreadable(reason, reading.start(from), reading.end(to - 1), reading.text(from, to));
    }

    private static Analysis unreadable(byte[] text, boolean ascii, String reason) {
        String all = new String(text, StandardCharsets.UTF_8).strip();
        return new Analysis(List.of(unreadable(reason, 0, text.length, all)), true, ascii, false);
    }

    static StatementFacts unreadable(String reason, int start, int end, String text) {
        StatementKind kind = StatementKind.UNREADABLE;
        return new StatementFacts(
                kind,
                kind.ownClass(),
                true,
                List.of(),
                List.of(),
                null,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true,
                reason,
                null,
                null,
                false,
                start,
                end,
                text);
    }
}
