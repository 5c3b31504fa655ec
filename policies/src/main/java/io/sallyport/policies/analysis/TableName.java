package io.sallyport.policies.analysis;

import org.jspecify.annotations.Nullable;

/** A table as the statement names it, folded and cut as PostgreSQL does; a database in front is dropped. */
public record TableName(@Nullable String schema, String name) {
    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
