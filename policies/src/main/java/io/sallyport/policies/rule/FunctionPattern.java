package io.sallyport.policies.rule;

import java.util.Locale;

/**
 * {@code name} or {@code schema.name}, each part a glob. Without a schema it matches a function of any schema. A call without a schema matches a
 * pattern of any schema: which one the server finds depends on its search path.
 */
public record FunctionPattern(String source, String schema, Glob name) {
    public static FunctionPattern parse(String source) {
        String folded = source.toLowerCase(Locale.ROOT);
        int dot = folded.lastIndexOf('.');
        return new FunctionPattern(source, folded.substring(0, Math.max(dot, 0)), new Glob(folded.substring(dot + 1)));
    }

    /** A name as in {@link io.sallyport.policies.analysis.StatementFacts#functions}. */
    boolean matches(String function) {
        int dot = function.lastIndexOf('.');
        return name.matches(function.substring(dot + 1))
                && (dot < 0 || schema.isEmpty() || new Glob(schema).matches(function.substring(0, dot)));
    }

    @Override
    public String toString() {
        return source;
    }
}
