package io.sallyport.proxy.safety;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code barman --format json list-backups SERVER} prints, or {@code show-backup SERVER latest} (Barman's output.py): by
 * server a list of backups, or one. Only one with status DONE can be restored; WAITING_FOR_WALS cannot yet.
 */
final class BarmanList {
    private BarmanList() {}

    static LastGood read(JsonNode document, String wanted) throws SourceFailure {
        List<Map.Entry<String, JsonNode>> servers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> server : document.properties()) {
            // _INFO, _WARNING and the like are messages of Barman's own.
            if (wanted.isEmpty()
                    ? !server.getKey().startsWith("_")
                    : server.getKey().equals(wanted)) {
                servers.add(server);
            }
        }
        if (!document.isObject() || servers.size() != 1) {
            throw new SourceFailure(
                    servers.size() > 1
                            ? "it has several servers; see safety.backup_stanza"
                            : document.isObject() ? "the server is not in it" : "it is not what barman prints",
                    null);
        }
        JsonNode backups = servers.get(0).getValue();
        String name = "barman, server " + servers.get(0).getKey();
        return LastGood.backup(backups.isArray() ? last(backups) : shown(backups), name);
    }

    private static @Nullable Instant last(JsonNode backups) throws SourceFailure {
        Instant last = null;
        for (JsonNode backup : backups) {
            Instant end = end(backup, backup);
            last = last == null || (end != null && end.isAfter(last)) ? end : last;
        }
        return last;
    }

    private static @Nullable Instant shown(JsonNode backup) throws SourceFailure {
        return end(backup, backup.path("base_backup_information"));
    }

    private static @Nullable Instant end(JsonNode backup, JsonNode times) throws SourceFailure {
        String status = backup.path("status").asString("");
        if (status.isEmpty()) {
            throw new SourceFailure("a backup in it has no status", null);
        }
        return status.equals("DONE") ? Fields.epochSeconds(times.path("end_time_timestamp"), "a backup in it") : null;
    }
}
