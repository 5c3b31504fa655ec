package io.sallyport.policies.sql;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Adds the tokens of one statement to a digest: exact bytes and kinds, in order. Two texts that differ in white space and comments alone add the
 * same; what the server would read in another way adds something else.
 */
public final class TokenDigest {
    private TokenDigest() {}

    /**
     * @param text the string of SQL
     * @param start first byte of the statement
     * @param end first byte behind it, its semicolon not included
     */
    public static void add(byte[] text, int start, int end, LexerSettings settings, MessageDigest digest) {
        byte[] statement = Arrays.copyOfRange(text, start, end);
        SqlLexer lexer = new SqlLexer(statement, settings);
        ByteBuffer head = ByteBuffer.allocate(5);
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            // The length keeps two tokens from adding what one would; the kind depends on standard_conforming_strings.
            head.clear();
            head.put(code(kind)).putInt(lexer.end() - lexer.start()).flip();
            digest.update(head);
            digest.update(statement, lexer.start(), lexer.end() - lexer.start());
        }
    }

    /** Kept in databases: a kind keeps its number, whatever becomes of the enum. */
    private static byte code(TokenKind kind) {
        return switch (kind) {
            case IDENTIFIER -> 1;
            case QUOTED_IDENTIFIER -> 2;
            case UNICODE_IDENTIFIER -> 3;
            case STRING -> 4;
            case ESCAPE_STRING -> 5;
            case UNICODE_STRING -> 6;
            case DOLLAR_STRING -> 7;
            case BIT_STRING -> 8;
            case NUMBER -> 9;
            case PARAMETER -> 10;
            case OPERATOR -> 11;
            case TYPECAST -> 12;
            case DOT -> 13;
            case DOT_DOT -> 14;
            case COLON -> 15;
            case COLON_EQUALS -> 16;
            case EQUALS_GREATER -> 17;
            case COMMA -> 18;
            case SEMICOLON -> 19;
            case LEFT_PARENTHESIS -> 20;
            case RIGHT_PARENTHESIS -> 21;
            case LEFT_BRACKET -> 22;
            case RIGHT_BRACKET -> 23;
            case ERROR -> 24;
            case END -> 25;
        };
    }
}
