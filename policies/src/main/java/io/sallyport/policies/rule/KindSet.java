package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementKind;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Kinds of statements.
 *
 * @param source as the policy writes them
 */
public record KindSet(Set<StatementKind> kinds, String source) {
    public KindSet {
        kinds = copy(kinds);
    }

    /** An enum set: asked for every statement. */
    private static Set<StatementKind> copy(Collection<StatementKind> kinds) {
        Set<StatementKind> copy = EnumSet.noneOf(StatementKind.class);
        copy.addAll(kinds);
        return Collections.unmodifiableSet(copy);
    }

    boolean has(StatementKind kind) {
        return kinds.contains(kind);
    }
}
