package io.sallyport.proxy.token.screen;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.StatementSplitter;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import io.sallyport.proxy.token.TokenSecret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks through one string of SQL for tokens that are presented, and for those that only stand there; blanks all of them in place. */
public final class TextScreen {
    private static final String NAME = "sallyport.token";
    private static final Pattern IN_COMMENT =
            Pattern.compile("(?i)sallyport\\s*\\.\\s*token\\s*=\\s*'?([^\\s'*]*)", Pattern.CASE_INSENSITIVE);

    /** A longer text is read up to here: a token is presented before what it is for. */
    private static final int MOST_READ = 32 * 1024;

    private final byte[] text;
    private @Nullable TokenSecret forSession;
    private @Nullable TokenSecret forStatement;
    private boolean reset;
    private Screening.@Nullable Problem problem;

    private TextScreen(byte[] text) {
        this.text = text;
    }

    /** Blanks in place: the text keeps its length, so that places in the server's errors stay right. */
    public static Screening blank(byte[] text, LexerSettings settings) {
        TextScreen screen = new TextScreen(text);
        screen.statements(settings);
        if (!TokenHunt.blank(text).isEmpty()) {
            screen.found(Screening.Problem.MISPLACED);
        }
        return new Screening(screen.forSession, screen.forStatement, screen.reset, screen.problem);
    }

    private void statements(LexerSettings settings) {
        byte[] read = text.length <= MOST_READ ? text : Arrays.copyOf(text, MOST_READ);
        StatementSplitter splitter = new StatementSplitter(read.clone(), settings);
        int end = 0;
        for (TokenList tokens = splitter.next(); tokens != null; tokens = splitter.next()) {
            for (int i = 0; i < tokens.size(); i++) {
                gap(end, tokens.start(i));
                end = tokens.end(i);
                int name = nameEnds(tokens, i);
                if (name >= 0) {
                    named(tokens, i, name);
                }
            }
        }
        gap(end, read.length);
    }

    /** Between two tokens: comments. */
    private void gap(int from, int to) {
        if (to - from <= NAME.length()) {
            return;
        }
        Matcher matcher = IN_COMMENT.matcher(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            if (!matcher.group(1).regionMatches(true, 0, TokenSecret.PREFIX, 0, TokenSecret.PREFIX.length())) {
                // Somebody writes about tokens.
                continue;
            }
            TokenSecret secret = TokenSecret.parse(matcher.group(1));
            TokenHunt.blank(text, from + matcher.start(1), from + matcher.end(1));
            if (secret == null) {
                found(Screening.Problem.MALFORMED);
            } else {
                forStatement = secret;
            }
        }
    }

    /** The last token of the setting's name, or of a literal that is its name, where it begins at {@code i}; else -1. */
    private static int nameEnds(TokenList tokens, int i) {
        if (tokens.isString(i)) {
            return tokens.string(i).equalsIgnoreCase(NAME) ? i : -1;
        }
        if (!isWord(tokens, i)) {
            return -1;
        }
        String word = tokens.name(i);
        if (word.equalsIgnoreCase(NAME)) {
            return i;
        }
        boolean both = word.equalsIgnoreCase("sallyport")
                && tokens.is(i + 1, TokenKind.DOT)
                && isWord(tokens, i + 2)
                && tokens.name(i + 2).equalsIgnoreCase("token");
        return both ? i + 2 : -1;
    }

    private static boolean isWord(TokenList tokens, int i) {
        return tokens.is(i, TokenKind.IDENTIFIER)
                || tokens.is(i, TokenKind.QUOTED_IDENTIFIER)
                || tokens.is(i, TokenKind.UNICODE_IDENTIFIER);
    }

    private void named(TokenList tokens, int first, int last) {
        if (tokens.isString(first)) {
            if (tokens.is(first - 1, TokenKind.LEFT_PARENTHESIS)
                    && word(tokens, first - 2).equals("set_config")) {
                setConfig(tokens, first);
            }
        } else if (tokens.is(0, Keyword.RESET) && first == 1) {
            reset = true;
        } else if (isSet(tokens, first)) {
            set(tokens, first, last);
        } else if (tokens.is(first - 1, Keyword.SET)) {
            // ALTER ROLE … SET and its like would keep it.
            found(Screening.Problem.MISPLACED);
            blankFrom(tokens, last + 1);
        }
    }

    /** Whether the statement is SET [SESSION | LOCAL], with the name at {@code first}. */
    private static boolean isSet(TokenList tokens, int first) {
        return tokens.is(0, Keyword.SET) && (first == 1 || (first == 2 && isScope(tokens)));
    }

    private static boolean isScope(TokenList tokens) {
        return tokens.is(1, Keyword.SESSION) || tokens.is(1, Keyword.LOCAL);
    }

    private void set(TokenList tokens, int first, int last) {
        int value = last + 2;
        boolean assigned = tokens.is(last + 1, Keyword.TO) || tokens.isOperator(last + 1, "=");
        if (assigned && tokens.is(value, Keyword.DEFAULT) && value + 1 == tokens.size()) {
            reset = true;
        } else if (!assigned || value + 1 != tokens.size() || !isPlain(tokens, value)) {
            found(Screening.Problem.UNQUOTED);
            blankFrom(tokens, last + 1);
        } else if (first == 2 && tokens.is(1, Keyword.LOCAL)) {
            found(Screening.Problem.LOCAL);
            blankFrom(tokens, value);
        } else {
            present(tokens, value);
        }
    }

    /** {@code set_config('sallyport.token', '…', false)}; a parameter in place of the value comes with Bind. */
    private void setConfig(TokenList tokens, int name) {
        int value = name + 2;
        boolean local = !tokens.is(name + 4, Keyword.FALSE)
                || !tokens.is(name + 3, TokenKind.COMMA)
                || !tokens.is(name + 5, TokenKind.RIGHT_PARENTHESIS);
        if (local) {
            found(Screening.Problem.LOCAL);
            blankFrom(tokens, value);
        } else if (isPlain(tokens, value)) {
            present(tokens, value);
        } else if (!tokens.is(value, TokenKind.PARAMETER)) {
            found(Screening.Problem.UNQUOTED);
            blankFrom(tokens, value);
        }
    }

    /** A literal whose bytes between its quotes are its value. */
    private boolean isPlain(TokenList tokens, int i) {
        return tokens.isString(i) && text[tokens.start(i)] == '\'' && text[tokens.end(i) - 1] == '\'';
    }

    private void present(TokenList tokens, int value) {
        String given = tokens.string(value);
        TokenHunt.blank(text, tokens.start(value) + 1, tokens.end(value) - 1);
        TokenSecret secret = TokenSecret.parse(given);
        if (secret != null) {
            forSession = secret;
            reset = false;
        } else if (given.isBlank()) {
            reset = true;
            forSession = null;
        } else {
            found(Screening.Problem.MALFORMED);
        }
    }

    /** It does not run anyway: all that may be the secret goes, whatever it makes of the text. */
    private void blankFrom(TokenList tokens, int from) {
        if (from < tokens.size()) {
            TokenHunt.blank(text, tokens.start(from), tokens.end(tokens.size() - 1));
        }
    }

    private void found(Screening.Problem what) {
        problem = problem == null ? what : problem;
    }

    private static String word(TokenList tokens, int i) {
        return isWord(tokens, i) ? tokens.name(i).toLowerCase(Locale.ROOT) : "";
    }
}
