package io.sallyport.proxy.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Holds as lines for a terminal. What strangers wrote can neither steer it nor reorder what is read. */
public final class HoldText {
    private static final int WIDEST = 80;

    private HoldText() {}

    /** One line a hold. */
    public static List<String> list(JsonNode listing, Instant now) {
        List<String> lines = new ArrayList<>();
        for (JsonNode hold : listing.path("holds")) {
            lines.add(line(hold, now));
        }
        return lines.isEmpty() ? List.of("Nothing waits.") : lines;
    }

    static String line(JsonNode hold, Instant now) {
        String statement = one(hold, "statement").replaceAll("\\s+", " ");
        return one(hold, "code") + "  " + one(hold, "requester") + "@" + one(hold, "database") + "  expires in "
                + left(hold, now) + "  " + one(hold, "rule") + "  "
                + (statement.length() <= WIDEST ? statement : statement.substring(0, WIDEST - 1) + "…");
    }

    /** All of one hold. */
    public static List<String> whole(JsonNode hold) {
        List<String> lines = new ArrayList<>();
        for (String field : List.of(
                "code", "state", "requester", "database", "application", "client", "certificate", "session", "rule")) {
            add(lines, field, hold.path(field));
        }
        add(lines, "OS user (claimed)", hold.path("osUser"));
        add(lines, "message", hold.path("message"));
        hold.path("why").forEach(line -> add(lines, "why", line));
        hold.path("safety").forEach(line -> add(lines, "safety", line));
        hold.path("kept").forEach(net -> add(lines, "kept", net.path("what")));
        add(lines, "requester's reason", hold.path("requesterReason"));
        add(lines, "approvals", hold.path("progress"));
        hold.path("missing").forEach(line -> add(lines, "missing", line));
        hold.path("places").forEach(line -> add(lines, "to be typed", line));
        add(lines, "statement", hold.path("statement"));
        hold.path("parameters").forEach(line -> add(lines, "parameters", line));
        hold.path("transaction").forEach(line -> add(lines, "open transaction", line));
        if (hold.path("mayBreakGlass").asBoolean(false)) {
            lines.add(String.format("%-18s  %s", "break-glass", "you may release it alone: sallyport break-glass"));
        }
        add(lines, "opened", hold.path("openedAt"));
        add(lines, "expires", hold.path("expiresAt"));
        add(lines, "ended", hold.path("endedAt"));
        add(lines, "by", hold.path("endedBy"));
        add(lines, "reason", hold.path("reason"));
        return lines;
    }

    /** What became of a vote. */
    public static String voted(JsonNode hold) {
        String by = one(hold, "endedBy");
        String state = one(hold, "state");
        return one(hold, "code") + " " + state + (by.isEmpty() ? "" : " by " + by)
                + (state.equals("waiting") ? ", " + one(hold, "progress") + " approved" : "");
    }

    static void add(List<String> lines, String item, JsonNode value) {
        String text = value.asString("");
        if (!text.isEmpty()) {
            String indent = "\n" + " ".repeat(20);
            lines.add(String.format("%-18s  %s", item, printable(text).replace("\n", indent)));
        }
    }

    static String one(JsonNode hold, String field) {
        return printable(hold.path(field).asString("")).replace('\n', ' ');
    }

    private static String left(JsonNode hold, Instant now) {
        long seconds = Math.max(
                0, Duration.between(now, Instant.parse(one(hold, "expiresAt"))).toSeconds());
        return seconds / 60 + "m" + seconds % 60 + "s";
    }

    /** Text of strangers, without what a terminal would obey or reorder. */
    public static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n\\t]]", "\ufffd");
    }
}
