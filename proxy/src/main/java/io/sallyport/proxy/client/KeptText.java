package io.sallyport.proxy.client;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What safety nets left behind, as lines for a terminal and for postgresql.conf. */
public final class KeptText {
    private KeptText() {}

    /** A comment for each, and the settings of the last one; those of earlier ones as comments. */
    public static List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        int last = answer.path("kept").size() - 1;
        for (int i = 0; i <= last; i++) {
            JsonNode net = answer.path("kept").get(i);
            lines.add("# " + one(net.path("what")) + ", " + one(net.path("at")));
            String before = i == last ? "" : "# ";
            net.path("settings")
                    .properties()
                    .forEach(setting ->
                            lines.add(before + printable(setting.getKey()) + " = '" + one(setting.getValue()) + "'"));
        }
        return lines;
    }

    /** How they are used. */
    public static List<String> remarks(JsonNode answer) {
        return List.of(
                "Restore a base backup from before it, with its WAL archive (restore_command), put the settings into its"
                        + " postgresql.conf, create recovery.signal, and start it: it stops there, and waits.");
    }

    private static String one(JsonNode value) {
        return printable(value.asString(""));
    }

    private static String printable(String text) {
        return HoldText.printable(text).replace('\n', ' ');
    }
}
