package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.structure.WriteReading;
import io.sallyport.policies.sql.TokenList;
import org.jspecify.annotations.Nullable;

/** Has the parser read an UPDATE or DELETE again that a rule may stop. Where it says something else than the tokens, the stricter counts. */
final class SecondReading {
    private final TokenList tokens;
    private final Draft draft;

    SecondReading(TokenList tokens, Draft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    /** The WHERE that counts. */
    Where compare(@Nullable WriteReading parsed, Target target, Where where) {
        String kind = draft.kind().label();
        if (parsed == null) {
            return where;
        }
        if (!parsed.kind().equals(kind)) {
            draft.disagreement("the parser reads " + parsed.kind() + ", the tokens " + kind);
            return Where.ABSENT;
        }
        String table = parsed.table();
        if (table != null && !table.equals(target.canonicalName(tokens))) {
            draft.disagreement("the parser reads table " + table + ", the tokens " + target.canonicalName(tokens));
            draft.reads(new TableName(parsed.schema(), table));
        }
        if (parsed.where() == (where == Where.ABSENT)) {
            draft.disagreement(
                    parsed.where()
                            ? "the parser reads a WHERE, the tokens none"
                            : "the parser reads no WHERE, the tokens one");
            return Where.ABSENT;
        }
        return where;
    }
}
