package io.sallyport.proxy.admin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sallyport.proxy.kept.RestoreSql;
import io.sallyport.proxy.safety.KeptNet;
import io.sallyport.proxy.safety.KeptRows;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a safety net left behind, as the API tells it.
 *
 * @param net as policies call it
 * @param what in one line
 * @param settings of the server, for a recovery
 * @param rows that were kept; null where other things were
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeptView(
        String net,
        String at,
        String what,
        Map<String, String> settings,
        @Nullable Rows rows) {
    /**
     * Rows that can be brought back.
     *
     * @param state kept, undoing, undone, unclear or dropped
     * @param undoneBy the code of the hold by which they were, or are being; empty for none
     * @param note what became of the last attempt; empty where there was none
     * @param sql what would be run
     * @param beside what no undo takes back
     */
    record Rows(
            String state,
            String database,
            String verb,
            long count,
            String until,
            String undoneBy,
            String note,
            List<String> sql,
            List<String> beside) {}

    static List<KeptView> of(List<KeptNet> kept) {
        return kept.stream()
                .map(net -> new KeptView(net.net().label(), net.at().toString(), net.told(), net.settings(), rows(net)))
                .toList();
    }

    private static @Nullable Rows rows(KeptNet net) {
        return net instanceof KeptRows rows
                ? new Rows(
                        rows.state().label(),
                        rows.database(),
                        rows.verb(),
                        rows.rows(),
                        rows.until().toString(),
                        rows.undoneBy(),
                        rows.note(),
                        RestoreSql.told(rows),
                        rows.beside())
                : null;
    }
}
