package io.sallyport.proxy.kept;

import java.util.List;
import java.util.stream.Collectors;

/** Names as SQL writes them. */
final class Names {
    private Names() {}

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String quoted(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }

    /** Such as {@code k."a", k."b"}. */
    static String columns(String qualifier, List<String> names) {
        return names.stream().map(name -> qualifier + quoted(name)).collect(Collectors.joining(", "));
    }
}
