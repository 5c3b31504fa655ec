package io.sallyport.proxy.console;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of a {@code SALLYPORT} statement; all columns are of type text. */
public record ConsoleResult(List<List<@Nullable String>> rows) {
    static ConsoleResult of(List<@Nullable String> row) {
        return new ConsoleResult(List.of(row));
    }

    /** These rows, and more behind them. */
    ConsoleResult with(List<List<@Nullable String>> more) {
        return new ConsoleResult(Stream.concat(rows.stream(), more.stream()).toList());
    }

    /** About how much memory it takes. */
    public long weight() {
        long characters = 0;
        for (List<@Nullable String> row : rows) {
            for (String value : row) {
                characters += value == null ? 0 : value.length();
            }
        }
        return characters;
    }
}
