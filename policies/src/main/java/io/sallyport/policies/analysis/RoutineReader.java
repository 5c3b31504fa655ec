package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Locale;

/** What CREATE FUNCTION and CREATE PROCEDURE say behind the name: options in any order, and the body, which runs when somebody calls it. */
final class RoutineReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;
    private String language = "sql";
    private int body = -1;

    RoutineReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
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
        } else if (walker.take(Keyword.SET)) {
            draft.sets(setting(walker));
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

    /** {@code name TO value, …}, {@code TIME ZONE value}, {@code name FROM CURRENT}; in force while the routine runs. */
    private SettingChange setting(Walker walker) {
        StringBuilder name = new StringBuilder(walker.name());
        while (walker.take(TokenKind.DOT)) {
            name.append('.').append(walker.name());
        }
        if (walker.take(Keyword.FROM)) {
            walker.skip();
            return new SettingChange(folded(name), null, Scope.ROUTINE);
        }
        if (!walker.take(Keyword.TO)) {
            walker.skip();
        }
        StringBuilder value = new StringBuilder();
        boolean reset = walker.take(Keyword.DEFAULT);
        if (!reset) {
            do {
                value.append(value.isEmpty() ? "" : ", ").append(value(walker));
            } while (walker.take(TokenKind.COMMA));
        }
        return new SettingChange(folded(name), reset ? null : value.toString(), Scope.ROUTINE);
    }

    private static String folded(StringBuilder name) {
        String folded = name.toString().toLowerCase(Locale.ROOT);
        return folded.equals("time") ? "timezone" : folded;
    }

    private String value(Walker walker) {
        String sign = tokens.is(walker.at(), TokenKind.OPERATOR) ? tokens.raw(walker.at()) : "";
        if (!sign.isEmpty()) {
            walker.skip();
        }
        int i = walker.at();
        if (walker.atEnd()) {
            throw new Unreadable("expected the value of a setting");
        }
        walker.skip();
        String word = tokens.is(i, TokenKind.NUMBER) ? tokens.raw(i) : tokens.name(i);
        return sign + (tokens.isString(i) ? tokens.string(i) : word);
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
