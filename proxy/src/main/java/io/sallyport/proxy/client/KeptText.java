package io.sallyport.proxy.client;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What safety nets left behind, as lines for a terminal: SQL that brings rows back, settings for postgresql.conf. */
public final class KeptText {
    private KeptText() {}

    /** A comment for each, and the settings of the last restore point; those of earlier ones as comments. */
    public static List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        int last = answer.path("kept").size() - 1;
        while (last >= 0 && answer.path("kept").get(last).has("rows")) {
            last--;
        }
        for (int i = 0; i < answer.path("kept").size(); i++) {
            JsonNode net = answer.path("kept").get(i);
            boolean rows = net.has("rows");
            String mark = rows ? "-- " : "# ";
            lines.add(mark + one(net.path("what")) + ", " + one(net.path("at")));
            if (rows) {
                rows(net.path("rows"), lines);
            }
            String before = i == last ? "" : "# ";
            net.path("settings")
                    .properties()
                    .forEach(setting ->
                            lines.add(before + printable(setting.getKey()) + " = '" + one(setting.getValue()) + "'"));
        }
        return lines;
    }

    private static void rows(JsonNode rows, List<String> lines) {
        lines.add("-- in database " + one(rows.path("database")) + ", until " + one(rows.path("until")));
        rows.path("beside").forEach(line -> lines.add("-- not taken back: " + one(line)));
        if (!one(rows.path("note")).isEmpty()) {
            lines.add("-- " + one(rows.path("note")));
        }
        if (one(rows.path("state")).equals("kept")) {
            rows.path("sql").forEach(line -> lines.add(one(line)));
        }
    }

    /** How they are used. */
    public static List<String> remarks(JsonNode answer) {
        List<String> remarks = new ArrayList<>();
        for (JsonNode net : answer.path("kept")) {
            if (one(net.path("rows").path("state")).equals("kept")) {
                remarks.add("With --run it is done, once a second person has approved it, and only where nothing has"
                        + " changed since.");
                break;
            }
        }
        for (JsonNode net : answer.path("kept")) {
            if (!net.path("settings").isEmpty()) {
                remarks.add(
                        "Restore a base backup from before it, with its WAL archive (restore_command), put the settings into its"
                                + " postgresql.conf, create recovery.signal, and start it: it stops there, and waits.");
                break;
            }
        }
        return remarks;
    }

    private static String one(JsonNode value) {
        return printable(value.asString(""));
    }

    private static String printable(String text) {
        return HoldText.printable(text).replace('\n', ' ');
    }
}
