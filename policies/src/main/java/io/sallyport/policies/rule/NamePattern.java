package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.TableName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code schema.name}, each part a glob folded to lower case, or an exact name in double quotes. Without a schema the pattern means
 * {@code public}; a name that the statement leaves unqualified counts as one in {@code public}, for the search path is not known here.
 */
public final class NamePattern {
    private static final String DEFAULT_SCHEMA = "public";

    private record Part(Glob glob, boolean exact) {
        boolean matches(String name) {
            return exact ? glob.pattern().equals(name) : glob.matches(name);
        }
    }

    private final String source;
    private final @Nullable Part schema;
    private final Part name;

    private NamePattern(String source, @Nullable Part schema, Part name) {
        this.source = source;
        this.schema = schema;
        this.name = name;
    }

    /** Null when the text is no such pattern. */
    public static @Nullable NamePattern parse(String source) {
        int end = endOfPart(source, 0);
        Part first = part(source, 0, end);
        if (first == null || end == source.length()) {
            return first == null ? null : new NamePattern(source, null, first);
        }
        int last = endOfPart(source, end + 1);
        Part second = part(source, end + 1, last);
        return second == null || last != source.length() ? null : new NamePattern(source, first, second);
    }

    private static int endOfPart(String source, int from) {
        boolean quoted = false;
        int i = from;
        while (i < source.length() && (quoted || source.charAt(i) != '.')) {
            quoted ^= source.charAt(i) == '"';
            i++;
        }
        return i;
    }

    private static @Nullable Part part(String source, int from, int to) {
        String text = source.substring(from, to);
        if (text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")) {
            return new Part(new Glob(text.substring(1, text.length() - 1).replace("\"\"", "\"")), true);
        }
        return text.isEmpty() || text.indexOf('"') >= 0
                ? null
                : new Part(new Glob(text.toLowerCase(Locale.ROOT)), false);
    }

    public boolean matches(TableName table) {
        return matches(table.schema(), table.name());
    }

    boolean matches(@Nullable String itsSchema, String itsName) {
        if (!name.matches(itsName)) {
            return false;
        }
        String stated = itsSchema == null ? DEFAULT_SCHEMA : itsSchema;
        return schema == null ? stated.equals(DEFAULT_SCHEMA) || source.equals("*") : schema.matches(stated);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamePattern pattern && source.equals(pattern.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }
}
