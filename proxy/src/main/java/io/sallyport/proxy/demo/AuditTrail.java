package io.sallyport.proxy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an audit log says of holds, shortened to a line an event: {@code K7Q4-F2MD rejected by bob}. */
final class AuditTrail {
    private static final JsonMapper JSON = new JsonMapper();

    private AuditTrail() {}

    static List<String> read(Path file) throws IOException {
        List<String> trail = new ArrayList<>();
        String log = Files.readString(file);
        // The last line may be half written.
        for (String line : log.substring(0, log.lastIndexOf('\n') + 1).lines().toList()) {
            JsonNode event = JSON.readTree(line);
            String what = describe(event);
            if (!what.isEmpty()) {
                trail.add(event.path("hold").asString("?") + " " + what);
            }
        }
        return trail;
    }

    private static String describe(JsonNode event) {
        return switch (event.path("event").asString("")) {
            case "voted" ->
                event.path("vote").asString("") + " by " + event.path("voter").asString("")
                        + (event.path("counted").asBoolean(false) ? " counted" : " refused");
            case "hold_ended" ->
                event.path("outcome").asString("") + " by " + event.path("by").asString("nobody");
            case "finished" -> "finished " + event.path("command_tags");
            case "restore_point" -> "restore point made";
            case "rows_kept" -> "rows kept";
            case "undo" -> "undo " + event.path("outcome").asString("");
            case "safety_net_missing" -> "safety net missing";
            default -> "";
        };
    }
}
