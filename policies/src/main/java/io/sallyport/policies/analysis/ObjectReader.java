package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of the objects that a definition is about. What is no name is passed over: a name only tells more, it decides nothing. */
final class ObjectReader {
    private final TokenList tokens;
    private final Draft draft;

    ObjectReader(TokenList tokens, Draft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    /** The object of CREATE; the walker stands behind the type's words. */
    void created(ObjectType type, Walker walker) {
        walker.take(Keyword.CONCURRENTLY);
        walker.takeIfExists();
        boolean unnamed = (type == ObjectType.INDEX || type == ObjectType.STATISTICS) && walker.sees(Keyword.ON);
        if (type == ObjectType.SCHEMA) {
            walker.take(Keyword.AUTHORIZATION);
        }
        if (!unnamed) {
            one(type, walker);
        }
    }

    /** The object of ALTER, COMMENT and their like. */
    void altered(ObjectType type, Walker walker) {
        walker.takeIfExists();
        one(type, walker);
    }

    /** The objects of DROP and GRANT, comma between them. */
    void several(ObjectType type, Walker walker) {
        do {
            one(type, walker);
            walker.takeGroup();
        } while (walker.take(TokenKind.COMMA));
    }

    private void one(ObjectType type, Walker walker) {
        switch (type) {
            case OPERATOR -> operator(walker);
            case CAST -> cast(walker);
            case LARGE_OBJECT -> largeObject(walker);
            case OWNED -> {
                walker.takeWord("by");
                qualified(ObjectType.ROLE, walker);
            }
            case USER_MAPPING, TRANSFORM -> {
                walker.take(Keyword.FOR);
                qualified(type, walker);
            }
            case SYSTEM, DEFAULT_PRIVILEGES -> {}
            default -> {
                walker.take(Keyword.ONLY);
                walker.take(TokenKind.LEFT_PARENTHESIS);
                qualified(type, walker);
            }
        }
    }

    private void qualified(ObjectType type, Walker walker) {
        if (walker.atEnd() || walker.sees(Keyword.ALL)) {
            return;
        }
        int first = walker.at();
        if (tokens.isString(first)) {
            // CREATE LANGUAGE and CREATE EXTENSION … take a literal as a name.
            walker.skip();
            add(type, null, tokens.string(first));
        } else if (Walker.isWord(tokens.kind(first))) {
            int last = FunctionCalls.lastOfName(tokens, first);
            while (walker.at() <= last) {
                walker.skip();
            }
            add(type, last == first ? null : tokens.name(last - 2), tokens.name(last));
        }
    }

    private void operator(Walker walker) {
        String schema = null;
        while (!walker.atEnd() && tokens.is(walker.at() + 1, TokenKind.DOT)) {
            schema = tokens.name(walker.at());
            walker.skip();
            walker.skip();
        }
        if (walker.sees(TokenKind.OPERATOR)) {
            add(ObjectType.OPERATOR, schema, tokens.raw(walker.at()));
            walker.skip();
        }
    }

    private void cast(Walker walker) {
        if (walker.sees(TokenKind.LEFT_PARENTHESIS)) {
            int close = tokens.partner(walker.at());
            add(ObjectType.CAST, null, tokens.canonical(walker.at() + 1, close).replace(" . ", "."));
        }
    }

    private void largeObject(Walker walker) {
        if (walker.sees(TokenKind.NUMBER)) {
            add(ObjectType.LARGE_OBJECT, null, tokens.raw(walker.at()));
            walker.skip();
        }
    }

    private void add(ObjectType type, @Nullable String schema, String name) {
        draft.names(new ObjectName(type.suffix().toLowerCase(Locale.ROOT), schema, name));
    }
}
