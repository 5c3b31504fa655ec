package io.sallyport.policies.analysis;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code SALLYPORT WATCH 10m}, whose time is no token of SQL: letters run into a number. It is known by all of its text, with
 * nothing before, between or behind; whether the time is one is for who carries it out. Begun with that word, no server runs it.
 */
final class WatchCommand {
    private static final Pattern WHOLE =
            Pattern.compile("(?i)sallyport[ \\t\\r\\n]+watch[ \\t\\r\\n]+[0-9][0-9a-z]{0,19}");
    private static final int MOST_TOKENS = 8;

    private WatchCommand() {}

    /** The facts of such a statement, or null. */
    static @Nullable StatementFacts read(Reading reading) {
        int size = reading.tokens().size();
        String text = size > MOST_TOKENS ? "" : reading.text(0, size);
        if (!WHOLE.matcher(text).matches()) {
            return null;
        }
        Draft draft = new Draft();
        draft.kind(StatementKind.SALLYPORT);
        return draft.facts(reading.start(0), reading.end(size - 1), text);
    }
}
