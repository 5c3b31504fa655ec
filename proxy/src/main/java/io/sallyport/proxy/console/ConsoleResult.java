package io.sallyport.proxy.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a {@code SALLYPORT} statement; all columns are of type text. */
public record ConsoleResult(List<List<@Nullable String>> rows) {
    static ConsoleResult of(List<@Nullable String> row) {
        return new ConsoleResult(List.of(row));
    }
}
