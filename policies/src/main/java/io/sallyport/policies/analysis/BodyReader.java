package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.StatementSplitter;
import io.sallyport.policies.sql.TokenList;
import java.util.Locale;
import java.util.function.Consumer;

/** The statements in the body of a DO, a function or a procedure, by its language. What cannot be followed is found as unreadable. */
final class BodyReader {
    /** No person reads more, so no person writes more. */
    private static final int LONGEST = 1 << 20;

    /** Facts take memory, and an approver reads a few of them. */
    private static final int MOST_STATEMENTS = 10_000;

    private final Reading reading;
    private final Consumer<StatementFacts> sink;
    private int statements;

    BodyReader(Reading reading, Consumer<StatementFacts> sink) {
        this.reading = reading;
        this.sink = sink;
    }

    /** Reads the literal at {@code i}. Other languages than SQL and PL/pgSQL stay closed. */
    void literal(int i, String language) {
        BodyText body = BodyText.literal(reading, i);
        switch (language.toLowerCase(Locale.ROOT)) {
            case "sql" -> bounded(body, () -> script(body));
            case "plpgsql" -> bounded(body, () -> new PlpgsqlReader(this, body).read());
            default -> {}
        }
    }

    private void bounded(BodyText body, Runnable reader) {
        String problem;
        try {
            if (body.bytes().length > LONGEST) {
                throw new Unreadable("a body of more than " + LONGEST + " bytes");
            }
            reader.run();
            return;
        } catch (Unreadable e) {
            problem = e.reason();
        }
        sink.accept(unreadable(problem, body));
    }

    static StatementFacts unreadable(String problem, BodyText text) {
        return SqlAnalyzer.unreadable(problem, text.start(), text.end(), text.text(0, text.bytes().length));
    }

    /** An expression of PL/pgSQL, which the server reads as the rest of a SELECT, so that it may have a FROM clause. */
    static StatementFacts expression(Reading reading, int from, int to) {
        if (from >= to) {
            throw new Unreadable("expected an expression");
        }
        Draft draft = new Draft();
        draft.kind(StatementKind.SELECT);
        if (QueryScan.query(reading, draft, from, to)) {
            throw new Unreadable("INTO in an expression");
        }
        return draft.facts(reading.start(from), reading.end(to - 1), reading.text(from, to));
    }

    /** Statements of SQL, semicolons between them. */
    void script(BodyText text) {
        StatementSplitter splitter = new StatementSplitter(text.bytes(), reading.settings());
        for (TokenList tokens = splitter.next(); tokens != null; tokens = splitter.next()) {
            found(SqlAnalyzer.statement(reading.inside(text, tokens)));
        }
        if (splitter.dependsOnConformingStrings()) {
            reading.dependsOnConformingStrings();
        }
    }

    Reading reading() {
        return reading;
    }

    void found(StatementFacts facts) {
        if (++statements > MOST_STATEMENTS) {
            throw new Unreadable("more than " + MOST_STATEMENTS + " statements in a body");
        }
        sink.accept(facts);
    }
}
