package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words of PL/pgSQL that its reader looks at (pl_reserved_kwlist.h, pl_unreserved_kwlist.h); many are no key words of SQL. */
enum PlpgsqlWord {
    NO_WORD,
    ASSERT,
    BEGIN,
    CALL,
    CASE,
    CLOSE,
    COMMIT,
    CONTINUE,
    CURSOR,
    DECLARE,
    DEFAULT,
    DO,
    ELSE,
    ELSEIF,
    ELSIF,
    END,
    EXCEPTION,
    EXECUTE,
    EXIT,
    FETCH,
    FOR,
    FOREACH,
    FROM,
    GET,
    IF,
    IMPORT,
    IN,
    INSERT,
    INTO,
    IS,
    LOOP,
    MERGE,
    MOVE,
    NEXT,
    NO,
    NULL,
    OPEN,
    PERFORM,
    QUERY,
    RAISE,
    RETURN,
    REVERSE,
    ROLLBACK,
    SCROLL,
    STRICT,
    THEN,
    USING,
    WHEN,
    WHILE;

    private static final Map<String, PlpgsqlWord> WORDS = Arrays.stream(values())
            .filter(word -> word != NO_WORD)
            .collect(Collectors.toMap(word -> word.name().toLowerCase(java.util.Locale.ROOT), Function.identity()));

    /** Never a variable, and a key word even behind a dot. ALL, BY, NOT, OR and TO are of no use here. */
    private static final Set<PlpgsqlWord> RESERVED = Set.of(
            BEGIN, CASE, DECLARE, ELSE, END, EXECUTE, FOR, FOREACH, FROM, IF, IN, INTO, LOOP, NULL, STRICT, THEN, USING,
            WHEN, WHILE);

    static PlpgsqlWord at(TokenList tokens, int i) {
        if (!tokens.is(i, TokenKind.IDENTIFIER)) {
            return NO_WORD;
        }
        PlpgsqlWord word = WORDS.getOrDefault(tokens.raw(i), NO_WORD);
        return word.isReserved() || !tokens.is(i - 1, TokenKind.DOT) ? word : NO_WORD;
    }

    boolean isReserved() {
        return RESERVED.contains(this);
    }
}
