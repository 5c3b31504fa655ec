package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenList;

/** DO [LANGUAGE name] body [LANGUAGE name]: the body runs at once. */
final class DoReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;

    DoReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
    }

    void read(Walker walker) {
        int verb = walker.at();
        walker.skip();
        draft.kind(StatementKind.DO);
        String language = "plpgsql";
        int body = -1;
        while (!walker.atEnd()) {
            if (walker.take(Keyword.LANGUAGE)) {
                language = walker.nameOrString();
            } else if (body < 0 && tokens.isString(walker.at())) {
                body = walker.at();
                walker.skip();
            } else {
                draft.runsInBody(SqlAnalyzer.unreadable(reading, verb, walker.end(), "a DO with more than a body"));
                return;
            }
        }
        if (body < 0) {
            draft.runsInBody(SqlAnalyzer.unreadable(reading, verb, walker.end(), "a DO without a body"));
            return;
        }
        new BodyReader(reading, draft::runsInBody).literal(body, language);
    }
}
