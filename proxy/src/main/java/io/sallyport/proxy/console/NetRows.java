package io.sallyport.proxy.console;

import io.sallyport.proxy.safety.KeptNet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What safety nets left behind, as rows of {@code SALLYPORT SHOW}. */
final class NetRows {
    private NetRows() {}

    static List<List<@Nullable String>> of(List<KeptNet> kept) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (KeptNet net : kept) {
            rows.add(row("kept", net.told() + ", " + net.at()));
            net.lines().forEach(line -> rows.add(row("to recover", line)));
        }
        return rows;
    }

    private static List<@Nullable String> row(String item, String value) {
        List<@Nullable String> row = new ArrayList<>();
        row.add(item);
        row.add(value);
        return row;
    }
}
