package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** CREATE RULE name AS ON event TO table [WHERE …] DO [ALSO | INSTEAD] actions: they run when somebody writes to the table. */
final class RuleReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;

    RuleReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
    }

    void read(Walker walker) {
        walker.seek(Keyword.TO);
        walker.expect(Keyword.TO);
        draft.target(walker.qualifiedName());
        walker.seek(Keyword.DO);
        walker.expect(Keyword.DO);
        if (!walker.takeWord("also")) {
            walker.takeWord("instead");
        }
        if (!walker.takeWord("nothing")) {
            actions(walker);
        }
    }

    /** One action, or several in parentheses with semicolons between them, empty ones among them. */
    private void actions(Walker walker) {
        boolean several = walker.sees(TokenKind.LEFT_PARENTHESIS) && tokens.partner(walker.at()) == walker.end() - 1;
        Walker list = several ? new Walker(tokens, walker.at() + 1, walker.end() - 1) : walker;
        int from = list.at();
        while (!list.atEnd()) {
            if (list.take(TokenKind.SEMICOLON)) {
                action(from, list.at() - 1);
                from = list.at();
            } else if (!list.takeGroup()) {
                list.skip();
            }
        }
        action(from, list.end());
    }

    private void action(int from, int to) {
        if (from >= to) {
            return;
        }
        try {
            draft.defers(new StatementReader(reading.aside()).statement(from, to));
        } catch (Unreadable e) {
            draft.defers(SqlAnalyzer.unreadable(reading, from, to, e.reason()));
        }
    }
}
