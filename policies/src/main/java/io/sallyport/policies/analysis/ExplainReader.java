package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** EXPLAIN runs its statement when ANALYZE is on. */
final class ExplainReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;

    ExplainReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
    }

    void explain(Walker walker) {
        walker.skip();
        boolean analyze = false;
        if (walker.sees(TokenKind.LEFT_PARENTHESIS) && !CteReader.startsQuery(tokens, walker.at() + 1)) {
            analyze = new Options(tokens, walker.at()).isOn("analyze", "analyse");
            walker.takeGroup();
        } else {
            analyze = walker.take(Keyword.ANALYZE) || walker.take(Keyword.ANALYSE);
            walker.take(Keyword.VERBOSE);
        }
        draft.kind(analyze ? StatementKind.EXPLAIN_ANALYZE : StatementKind.EXPLAIN);
        StatementFacts inner = inner(walker);
        if (analyze) {
            draft.runs(inner);
        } else {
            draft.mentions(inner);
            draft.defers(inner);
        }
    }

    private StatementFacts inner(Walker walker) {
        StatementReader statements = new StatementReader(reading);
        return switch (walker.keyword()) {
            case DECLARE, CREATE, REFRESH, EXECUTE -> statements.statement(walker.at(), walker.end());
            default -> statements.preparable(walker.at(), walker.end());
        };
    }
}
