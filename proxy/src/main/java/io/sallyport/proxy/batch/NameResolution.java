package io.sallyport.proxy.batch;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.protocol.frontend.FrontendMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows SQL EXECUTE to the texts it names: those the session prepared, by PREPARE or Parse, and those that an
 * earlier statement of the same batch prepares.
 */
final class NameResolution {
    private final PreparedStatements prepared;
    private final Map<String, List<SqlText>> preparedHere = new HashMap<>();

    /** Whether one of those here may be SQL's PREPARE. */
    private boolean bySql;

    NameResolution(PreparedStatements prepared) {
        this.prepared = prepared;
    }

    /** A Parse of this batch gives the text to the name; so far it is one candidate of several. */
    void preparedHere(String name, SqlText text) {
        bySql |= !text.isPlain();
        preparedHere.computeIfAbsent(name, k -> new ArrayList<>(1)).add(text);
    }

    /** The texts that a PREPARE of this batch may have given to the name. */
    List<SqlText> preparedBySql(String name) {
        if (!bySql) {
            return List.of();
        }
        return preparedHere.getOrDefault(name, List.of()).stream()
                .filter(text -> text.statements().stream().anyMatch(s -> s.kind() == StatementKind.PREPARE))
                .toList();
    }

    /** Whether the text runs a statement by its name: the server looks the name up when it runs, not before. */
    static boolean executesByName(SqlText text) {
        return text.statements().stream().anyMatch(NameResolution::executesByName);
    }

    private static boolean executesByName(StatementFacts statement) {
        return statement.preparedName() != null
                && statement.kind() != StatementKind.PREPARE
                && statement.kind() != StatementKind.DEALLOCATE;
    }

    /** The names of prepared statements in the text. */
    static List<String> namesOf(SqlText text) {
        return text.statements().stream()
                .map(StatementFacts::preparedName)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * @param texts the texts given and every text they name, directly or through others
     * @param unknown a name that stands for nothing known, or null
     */
    record Result(List<SqlText> texts, @Nullable String unknown) {}

    Result resolve(List<SqlText> texts) {
        if (allPlain(texts)) {
            return new Result(texts, null);
        }
        Set<SqlText> reached = new LinkedHashSet<>(texts);
        Deque<SqlText> open = new ArrayDeque<>(texts);
        while (!open.isEmpty()) {
            SqlText text = open.remove();
            for (StatementFacts statement : text.statements()) {
                String name = statement.preparedName();
                if (name == null) {
                    continue;
                }
                String key = key(name);
                if (statement.kind() == StatementKind.PREPARE) {
                    preparedHere(key, text);
                }
                if (!executesByName(statement)) {
                    continue;
                }
                Set<SqlText> candidates = prepared.candidates(key);
                candidates.addAll(preparedHere.getOrDefault(key, List.of()));
                if (candidates.isEmpty()) {
                    return new Result(List.copyOf(reached), name);
                }
                for (SqlText candidate : candidates) {
                    if (reached.add(candidate)) {
                        open.add(candidate);
                    }
                }
            }
        }
        return new Result(List.copyOf(reached), null);
    }

    /** Whether none of them has to do with names: nearly always so. */
    static boolean allPlain(List<SqlText> texts) {
        for (SqlText text : texts) {
            if (!text.isPlain()) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param name null for DEALLOCATE ALL and DISCARD ALL
     */
    record Change(@Nullable String name, boolean prepares) {}

    /** What the text's own PREPARE, DEALLOCATE and DISCARD statements do to names, in order. */
    static List<Change> changes(SqlText text) {
        List<Change> changes = new ArrayList<>();
        for (StatementFacts statement : text.statements()) {
            String name = statement.preparedName();
            if (statement.kind() == StatementKind.PREPARE && name != null) {
                changes.add(new Change(key(name), true));
            } else if (statement.kind() == StatementKind.DEALLOCATE) {
                changes.add(new Change(name == null ? null : key(name), false));
            } else if (statement.kind() == StatementKind.DISCARD) {
                changes.add(new Change(null, false));
            }
        }
        return changes;
    }

    /** SQL names as {@link FrontendMessage} gives them: ISO 8859-1 over the bytes, 63 at most. */
    static String key(String name) {
        String key = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return key.length() <= FrontendMessage.NAME_BYTES ? key : key.substring(0, FrontendMessage.NAME_BYTES);
    }
}
