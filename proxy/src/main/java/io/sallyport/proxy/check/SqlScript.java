package io.sallyport.proxy.check;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.StatementSplitter;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A script as psql reads it, statement by statement in the memory of one: its own commands, lines that begin with a backslash, are passed over,
 * and so are the data behind COPY … FROM STDIN.
 */
final class SqlScript {
    static final int WINDOW = 1 << 18;

    /** One statement, without its semicolon. */
    record Statement(byte[] text, long line, long column) {}

    private final SourceBytes source;
    private final int read;
    private final int longest;
    private LexerSettings settings;
    private byte[] window = {};
    /** How much of the window has been moved over, in the source too. */
    private int at;

    private @Nullable StatementSplitter splitter;
    private long metaCommands;

    /**
     * @param read how many bytes are looked at together
     * @param longest a statement of more bytes ends the script with {@link TooLong}
     */
    SqlScript(InputStream in, LexerSettings settings, int read, int longest) throws IOException {
        this.read = read;
        this.source = new SourceBytes(in);
        this.settings = settings;
        this.longest = longest;
        source.fill(Math.max(read, 3));
        skipByteOrderMark();
    }

    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(String message) {
            super(message);
        }
    }

    /** The next statement, or null at the end. */
    @Nullable
    Statement next() throws IOException {
        for (; ; ) {
            StatementSplitter current = splitter();
            TokenList tokens = current.next();
            if (tokens != null && tokens.is(0, TokenKind.ERROR) && window[tokens.start(0)] == '\\') {
                moveTo(tokens.start(0));
                metaCommand();
            } else if (current.isTerminated() && tokens != null) {
                return statement(tokens, current.position());
            } else if (source.isEnded()) {
                return tokens == null ? null : statement(tokens, window.length);
            } else {
                more();
            }
        }
    }

    /** The lines up to {@code \.} are data; what stands behind the COPY on its own line comes after them (psql, mainloop.c and copy.c). */
    void skipCopyData() throws IOException {
        moveTo(at);
        byte[] rest = source.copy(source.lineLength(longest));
        source.skipLine();
        boolean end = false;
        while (!end) {
            source.fill(3);
            end = source.size() == 0 || isEndOfCopy();
            source.skipLine();
        }
        if (!new String(rest, StandardCharsets.ISO_8859_1).isBlank()) {
            source.insertBefore(withLineFeed(rest));
        }
    }

    /** Reads what follows with other settings. */
    void settings(LexerSettings changed) {
        if (!changed.equals(settings)) {
            moveTo(at);
            settings = changed;
        }
    }

    LexerSettings settings() {
        return settings;
    }

    /** How many of psql's own commands were passed over unjudged. */
    long metaCommands() {
        return metaCommands;
    }

    private StatementSplitter splitter() throws IOException {
        if (splitter == null) {
            if (source.size() < read / 2) {
                source.fill(read);
            }
            window = source.copy(source.size());
            at = 0;
            splitter = new StatementSplitter(window, settings);
        }
        return splitter;
    }

    private Statement statement(TokenList tokens, int end) {
        int start = tokens.start(0);
        source.skip(start - at);
        Statement statement = new Statement(
                Arrays.copyOfRange(window, start, tokens.end(tokens.size() - 1)), source.line(), source.column());
        source.skip(end - start);
        at = end;
        return statement;
    }

    private void moveTo(int position) {
        source.skip(position - at);
        at = position;
        splitter = null;
    }

    /** What is left in the window is one statement's beginning: it is read again with as much behind it. */
    private void more() throws IOException {
        moveTo(at);
        if (source.size() >= longest) {
            throw new TooLong("a statement is longer than " + longest + " bytes; what follows was not read");
        }
        source.fill(Math.min(longest, Math.max(read, 2 * source.size())));
    }

    private void metaCommand() throws IOException {
        String word = word();
        // pg_dump writes them around every script, against injected commands; they change nothing.
        if (!word.equals("\\restrict") && !word.equals("\\unrestrict")) {
            metaCommands++;
        }
        source.skipLine();
    }

    private String word() throws IOException {
        source.fill(16);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < Math.min(source.size(), 16) && source.at(i) > ' '; i++) {
            word.append((char) source.at(i));
        }
        return word.toString();
    }

    private static byte[] withLineFeed(byte[] line) {
        byte[] whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        return whole;
    }

    private boolean isEndOfCopy() {
        int size = source.size();
        return size >= 2
                && source.at(0) == '\\'
                && source.at(1) == '.'
                && (size == 2 || source.at(2) == '\n' || source.at(2) == '\r');
    }

    private void skipByteOrderMark() {
        if (source.size() >= 3 && source.at(0) == (byte) 0xef && source.at(1) == (byte) 0xbb) {
            source.skipMark();
        }
    }
}
