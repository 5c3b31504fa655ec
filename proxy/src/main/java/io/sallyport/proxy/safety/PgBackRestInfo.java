package io.sallyport.proxy.safety;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code pgbackrest info --output=json} prints (pgBackRest's command/info/info.c): a list of stanzas, each with its
 * backups, which are listed only once they are complete. A backup whose pages failed their checksums has {@code error}.
 */
final class PgBackRestInfo {
    private static final int OK = 0;
    private static final int NO_VALID_BACKUPS = 2;

    private PgBackRestInfo() {}

    static LastGood read(JsonNode document, String wanted) throws SourceFailure {
        JsonNode stanza = stanza(document, wanted);
        JsonNode status = stanza.path("status");
        int code = status.path("code").asInt(-1);
        if (code != OK && code != NO_VALID_BACKUPS) {
            // Among them that repositories differ, and that one of them cannot be read.
            throw new SourceFailure("pgBackRest says: " + Fields.quoted(status.path("message")), null);
        }
        return LastGood.backup(
                last(stanza.path("backup"), current(stanza)),
                "pgbackrest, stanza " + Fields.quoted(stanza.path("name")));
    }

    private static JsonNode stanza(JsonNode document, String wanted) throws SourceFailure {
        if (!document.isArray()) {
            throw new SourceFailure("it is not what pgbackrest info --output=json prints", null);
        }
        List<JsonNode> named = new ArrayList<>();
        for (JsonNode stanza : document) {
            if (wanted.isEmpty() || wanted.equals(stanza.path("name").asString(""))) {
                named.add(stanza);
            }
        }
        if (named.size() != 1) {
            throw new SourceFailure(
                    named.isEmpty() ? "the stanza is not in it" : "it has several stanzas; see safety.backup_stanza",
                    null);
        }
        return named.get(0);
    }

    /** By repository the newest of the database's ids: stanza-upgrade gives a new one, and what is older is another cluster's. */
    private static Map<Integer, Integer> current(JsonNode stanza) {
        Map<Integer, Integer> ids = new HashMap<>();
        for (JsonNode database : stanza.path("db")) {
            ids.merge(database.path("repo-key").asInt(1), database.path("id").asInt(0), Math::max);
        }
        return ids;
    }

    private static @Nullable Instant last(JsonNode backups, Map<Integer, Integer> current) throws SourceFailure {
        Set<String> broken = new HashSet<>();
        for (JsonNode backup : backups) {
            if (backup.path("error").asBoolean(false)) {
                broken.add(backup.path("label").asString(""));
            }
        }
        Instant last = null;
        for (JsonNode backup : backups) {
            if (!isGood(backup, broken, current)) {
                continue;
            }
            Instant stop = Fields.epochSeconds(backup.path("timestamp").path("stop"), "a backup in it");
            last = last == null || stop.isAfter(last) ? stop : last;
        }
        return last;
    }

    /** A differential or incremental backup is as good as those that it refers to. */
    private static boolean isGood(JsonNode backup, Set<String> broken, Map<Integer, Integer> current) {
        if (broken.contains(backup.path("label").asString(""))) {
            return false;
        }
        for (JsonNode reference : backup.path("reference")) {
            if (broken.contains(reference.asString(""))) {
                return false;
            }
        }
        JsonNode database = backup.path("database");
        Integer newest = current.get(database.path("repo-key").asInt(1));
        return newest == null || database.path("id").asInt(0) >= newest;
    }
}
