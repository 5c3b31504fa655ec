package io.sallyport.proxy.token;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many rows a statement changed, as its command tag tells (protocol-message-formats, CommandComplete). */
public final class RowCount {
    private static final Set<StatementKind> TOLD =
            Set.of(StatementKind.INSERT, StatementKind.UPDATE, StatementKind.DELETE);
    private static final Pattern TAG = Pattern.compile("(?:INSERT 0|UPDATE|DELETE) ([0-9]{1,18})");

    private RowCount() {}

    /** Whether the tag counts all rows that the text says are changed: what a WITH deletes is in no tag. */
    public static boolean canTell(StatementFacts statement) {
        return TOLD.contains(statement.kind()) && statement.nested().isEmpty();
    }

    /** Why the rows of this text cannot be told; null where they can. */
    static @Nullable String cannotTell(String text) {
        List<StatementFacts> statements = SqlAnalyzer.complete(
                        text.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                .statements();
        if (statements.size() != 1) {
            return statements.size() + " statements";
        }
        StatementFacts statement = statements.get(0);
        return canTell(statement)
                ? null
                : statement.kind().name().replace('_', ' ') + (TOLD.contains(statement.kind()) ? " within WITH" : "");
    }

    /** Empty where the tag tells of no changed rows. */
    public static OptionalLong of(String commandTag) {
        Matcher tag = TAG.matcher(commandTag);
        return tag.matches() ? OptionalLong.of(Long.parseLong(tag.group(1))) : OptionalLong.empty();
    }
}
