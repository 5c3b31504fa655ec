package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may stand behind a key.
 *
 * @param schema the same as a JSON Schema
 */
record ValueForm<T>(Reader<T> reader, Map<String, Object> schema) {
    /** Takes the value out of the document. */
    interface Reader<T> {
        /** Null, and a problem, where something else stands there. */
        @Nullable
        T read(DocumentNode node, Scope scope);
    }

    @Nullable
    T read(DocumentNode node, Scope scope) {
        return reader.read(node, scope);
    }
}
