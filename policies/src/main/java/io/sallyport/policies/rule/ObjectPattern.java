package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.ObjectName;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A name as in {@link NamePattern}, after the type of object where one is meant: {@code database production_*}, {@code foreign table app.*}.
 *
 * @param type as in {@link ObjectName#type}; null for every type
 */
public record ObjectPattern(@Nullable String type, NamePattern name) {
    /** Null when the text is no such pattern. */
    public static @Nullable ObjectPattern parse(String source, Set<String> types) {
        int space = source.startsWith("\"") ? -1 : beforeName(source);
        String type = space < 0
                ? null
                : source.substring(0, space).strip().replaceAll("[ _]+", "_").toLowerCase(Locale.ROOT);
        NamePattern name = NamePattern.parse(source.substring(space + 1));
        return name == null || (type != null && !types.contains(type)) ? null : new ObjectPattern(type, name);
    }

    /** The last blank that stands in front of the name; a quoted name may hold others. */
    private static int beforeName(String source) {
        int quote = source.indexOf('"');
        return source.lastIndexOf(' ', quote < 0 ? source.length() : quote);
    }

    boolean matches(ObjectName object) {
        return (type == null || type.equals(object.type())) && name.matches(object.schema(), object.name());
    }

    @Override
    public String toString() {
        return type == null ? name.toString() : type.replace('_', ' ') + " " + name;
    }
}
