package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** What CREATE FUNCTION and CREATE PROCEDURE say behind the name: options in any order, and the body, which runs when somebody calls it. */
final class RoutineReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;

    /** Steps over SET clauses, which {@link DefinitionReader} has noted already. */
    private final SettingReader passed;

    private String language = "sql";
    private int body = -1;

    RoutineReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
        this.passed = new SettingReader(tokens, new Draft());
    }

    void read(Walker walker) {
        walker.qualifiedName();
        walker.takeGroup();
        returns(walker);
        while (!walker.atEnd()) {
            option(walker);
        }
        if (body >= 0) {
            new BodyReader(reading, draft::defers).literal(body, language);
        }
    }

    /** A type may be called as an option is: it is passed over first. */
    private void returns(Walker walker) {
        if (!walker.takeWord("returns") || walker.take(Keyword.TABLE)) {
            return;
        }
        walker.take(Keyword.SETOF);
        walker.skip();
        while (walker.take(TokenKind.DOT)) {
            walker.skip();
        }
    }

    private void option(Walker walker) {
        if (walker.take(Keyword.LANGUAGE)) {
            language = walker.nameOrString();
        } else if (walker.take(Keyword.AS)) {
            code(walker);
        } else if (passed.change(walker, Scope.ROUTINE)) {
            return;
        } else if (walker.takeWord("support") || walker.takeWord("parallel")) {
            walker.skip();
        } else if (walker.take(Keyword.BEGIN, Keyword.ATOMIC)) {
            atomic(walker);
        } else if (isReturn(walker.at())) {
            draft.defers(statement(walker.at(), walker.end()));
            walker.skipAll();
        } else if (!walker.takeGroup()) {
            walker.skip();
        }
    }

    /** {@code 'body'}, or {@code 'library', 'symbol'}, which only LANGUAGE c has. */
    private void code(Walker walker) {
        if (tokens.isString(walker.at())) {
            body = walker.at();
        }
        walker.skip();
        if (walker.take(TokenKind.COMMA)) {
            body = -1;
            walker.skip();
        }
    }

    /** Statements with a semicolon behind each; END at the start of one closes the body. */
    private void atomic(Walker walker) {
        int from = walker.at();
        while (!walker.atEnd()) {
            if (walker.take(TokenKind.SEMICOLON)) {
                draft.defers(statement(from, walker.at() - 1));
                from = walker.at();
            } else if (walker.at() == from && walker.take(Keyword.END)) {
                return;
            } else if (!walker.takeGroup()) {
                walker.skip();
            }
        }
    }

    private StatementFacts statement(int from, int to) {
        Reading inner = reading.aside();
        try {
            return isReturn(from)
                    ? BodyReader.expression(inner, from + 1, to)
                    : new StatementReader(inner).statement(from, to);
        } catch (Unreadable e) {
            return SqlAnalyzer.unreadable(reading, from, Math.max(to, from + 1), e.reason());
        }
    }

    private boolean isReturn(int i) {
        return new Walker(tokens, i, tokens.size()).takeWord("return");
    }
}
