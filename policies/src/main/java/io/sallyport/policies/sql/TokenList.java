package io.sallyport.policies.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one statement, as parallel arrays. Beyond either end stands {@link TokenKind#END}, so that readers may look ahead and back
 * freely. A word behind a dot is never a key word: {@code t.delete} is a column (gram.y: attr_name).
 */
public final class TokenList {
    private final byte[] text;
    private int size;
    private TokenKind[] kinds = new TokenKind[64];
    private Keyword[] keywords = new Keyword[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    /** For a parenthesis the index of its partner. */
    private int[] partners = new int[64];

    private char @Nullable [] escapes;
    private int openParenthesis = -1;
    private boolean semicolons;
    private @Nullable String problem;

    TokenList(byte[] text) {
        this.text = text;
    }

    void add(TokenKind kind, int start, int end) {
        if (size == kinds.length) {
            grow();
        }
        kinds[size] = kind;
        starts[size] = start;
        ends[size] = end;
        keywords[size] = kind == TokenKind.IDENTIFIER && kind(size - 1) != TokenKind.DOT
                ? Keywords.find(text, start, end)
                : Keyword.NO_KEYWORD;
        semicolons |= kind == TokenKind.SEMICOLON;
        if (kind == TokenKind.LEFT_PARENTHESIS) {
            partners[size] = openParenthesis;
            openParenthesis = size;
        } else if (kind == TokenKind.RIGHT_PARENTHESIS) {
            close();
        }
        size++;
    }

    private void close() {
        if (openParenthesis < 0) {
            report("a parenthesis is closed that was not opened");
            partners[size] = size;
            return;
        }
        int open = openParenthesis;
        openParenthesis = partners[open];
        partners[open] = size;
        partners[size] = open;
    }

    /** Takes back the last two tokens, UESCAPE and its literal, and gives the Unicode token before them that escape character. */
    void escape(char escape) {
        int end = ends[size - 1];
        size -= 2;
        if (escapes == null) {
            escapes = new char[kinds.length];
        }
        escapes[size - 1] = escape;
        ends[size - 1] = end;
    }

    void report(String why) {
        if (problem == null) {
            problem = why;
        }
    }

    void finish() {
        if (openParenthesis >= 0) {
            report("a parenthesis is not closed");
        }
        // Inside a statement they stand in the actions of a rule and in a routine's body, nowhere else.
        if (semicolons && keywords[0] != Keyword.CREATE) {
            report("a semicolon stands in parentheses");
        }
    }

    boolean insideParentheses() {
        return openParenthesis >= 0;
    }

    private void grow() {
        int capacity = size * 2;
        kinds = Arrays.copyOf(kinds, capacity);
        keywords = Arrays.copyOf(keywords, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        partners = Arrays.copyOf(partners, capacity);
        if (escapes != null) {
            escapes = Arrays.copyOf(escapes, capacity);
        }
    }

    /** Why the statement cannot be read, as far as its tokens tell. */
    public @Nullable String problem() {
        return problem;
    }

    public int size() {
        return size;
    }

    public TokenKind kind(int i) {
        return i >= 0 && i < size ? kinds[i] : TokenKind.END;
    }

    public Keyword keyword(int i) {
        return i >= 0 && i < size ? keywords[i] : Keyword.NO_KEYWORD;
    }

    public boolean is(int i, Keyword keyword) {
        return keyword(i) == keyword;
    }

    public boolean is(int i, TokenKind kind) {
        return kind(i) == kind;
    }

    /** Whether the token is exactly this operator. */
    public boolean isOperator(int i, String operator) {
        return kind(i) == TokenKind.OPERATOR && raw(i).equals(operator);
    }

    /** The partner of the parenthesis at {@code i}. */
    public int partner(int i) {
        return partners[i];
    }

    public int start(int i) {
        return starts[i];
    }

    public int end(int i) {
        return ends[i];
    }

    public boolean isString(int i) {
        return switch (kind(i)) {
            case STRING, ESCAPE_STRING, UNICODE_STRING, DOLLAR_STRING -> true;
            case IDENTIFIER, QUOTED_IDENTIFIER, UNICODE_IDENTIFIER, BIT_STRING, NUMBER, PARAMETER, OPERATOR, TYPECAST ->
                false;
            case DOT, DOT_DOT, COLON, COLON_EQUALS, EQUALS_GREATER, COMMA, SEMICOLON, LEFT_PARENTHESIS -> false;
            case RIGHT_PARENTHESIS, LEFT_BRACKET, RIGHT_BRACKET, ERROR, END -> false;
        };
    }

    /** Whether the token may be a name where a table or a column is meant. */
    public boolean isName(int i) {
        TokenKind kind = kind(i);
        return kind == TokenKind.IDENTIFIER
                ? keywords[i].canBeName()
                : kind == TokenKind.QUOTED_IDENTIFIER || kind == TokenKind.UNICODE_IDENTIFIER;
    }

    /** The name as the server stores it; for any word, key words included. */
    public String name(int i) {
        return switch (kind(i)) {
            case QUOTED_IDENTIFIER -> Identifiers.quoted(text, starts[i] + 1);
            case UNICODE_IDENTIFIER -> Identifiers.unicode(text, starts[i] + 3, escape(i));
            default -> Identifiers.folded(text, starts[i], ends[i]);
        };
    }

    /** The value of a string literal. */
    public String string(int i) {
        return Literals.value(text, kind(i), starts[i], ends[i], escape(i));
    }

    /** The bytes of the token as text, in lower case. */
    public String raw(int i) {
        return new String(text, starts[i], ends[i] - starts[i], StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /** The tokens [from, to) with single spaces between them, literals plain, odd names and operators neutral: food for another parser. */
    public String canonical(int from, int to) {
        return new CanonicalText(this).render(from, to);
    }

    private char escape(int i) {
        return escapes == null || escapes[i] == 0 ? '\\' : escapes[i];
    }
}
