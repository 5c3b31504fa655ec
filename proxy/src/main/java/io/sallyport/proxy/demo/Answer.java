package io.sallyport.proxy.demo;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one statement brought back, notices aside: rows, a count of changed rows, or an error. */
record Answer(@Nullable Rows rows, long changed, @Nullable Refusal error) {

    record Rows(List<String> columns, List<List<String>> values) {}

    /** An ErrorResponse; {@code text} is its message, detail and hint, a line each. */
    record Refusal(String sqlState, List<String> text) {}

    boolean succeeded() {
        return error == null;
    }

    /** Whether any cell or any line of the error contains {@code words}. */
    boolean mentions(String words) {
        Stream<String> cells =
                rows == null ? Stream.empty() : rows.values().stream().flatMap(List::stream);
        Stream<String> lines = error == null ? Stream.empty() : error.text().stream();
        return Stream.concat(cells, lines).anyMatch(text -> text.contains(words));
    }

    boolean isError(String sqlState) {
        return error != null && error.sqlState().equals(sqlState);
    }

    /** One line for a report of what was seen. */
    String summary() {
        if (error != null) {
            return "ERROR " + error.sqlState() + ": " + String.join(" / ", error.text());
        }
        return rows == null ? changed + " rows changed" : rows.values().toString();
    }
}
