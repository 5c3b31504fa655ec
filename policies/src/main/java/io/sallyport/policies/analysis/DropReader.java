package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** DROP of anything. */
final class DropReader {
    private final Draft draft;

    DropReader(Draft draft) {
        this.draft = draft;
    }

    void drop(TokenList tokens, Walker walker) {
        walker.skip();
        walker.take(Keyword.PROCEDURAL);
        ObjectType type = ObjectType.required(tokens, walker.at());
        draft.kind(DdlKinds.drop(type));
        type.skip(walker);
        if (!Transactionality.allows(draft.kind(), tokens, walker.at(), walker.end())) {
            draft.notTransactional();
        }
        walker.take(Keyword.CONCURRENTLY);
        walker.takeIfExists();
        if (walker.endsInCascade()) {
            draft.cascade();
        }
        new ObjectReader(tokens, draft).several(type, new Walker(walker));
        switch (type.naming()) {
            case RELATION -> {
                do {
                    draft.target(walker.qualifiedName());
                } while (walker.take(TokenKind.COMMA));
            }
            case ON_TABLE -> {
                walker.seek(Keyword.ON);
                walker.expect(Keyword.ON);
                draft.target(walker.qualifiedName());
            }
            case NO_TABLE -> {}
        }
    }
}
