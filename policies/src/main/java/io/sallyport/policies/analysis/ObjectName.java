package io.sallyport.policies.analysis;

import org.jspecify.annotations.Nullable;

/**
 * An object that a statement creates, alters or drops, folded and cut as PostgreSQL does.
 *
 * @param type as in the kind's label: {@code database}, {@code schema}, {@code table}, {@code role}, …
 */
public record ObjectName(String type, @Nullable String schema, String name) {
    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
