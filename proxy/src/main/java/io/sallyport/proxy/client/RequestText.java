package io.sallyport.proxy.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Requests for tokens as lines for a terminal. */
public final class RequestText {
    private RequestText() {}

    /** One line a request. */
    public static List<String> list(JsonNode listing, Instant now) {
        List<String> lines = new ArrayList<>();
        for (JsonNode request : listing.path("requests")) {
            lines.add(HoldText.line(request, now));
        }
        return lines.isEmpty() ? List.of("Nothing to grant.") : lines;
    }

    /** All of one request. */
    public static List<String> whole(JsonNode request) {
        List<String> lines = new ArrayList<>();
        for (String field : List.of("code", "state", "requester")) {
            HoldText.add(lines, field, request.path(field));
        }
        HoldText.add(lines, "acts as", request.path("actsAs"));
        HoldText.add(lines, "database", request.path("database"));
        HoldText.add(lines, "sessions with", request.path("searchPath"));
        for (String field : List.of("application", "client", "certificate", "rule", "message")) {
            HoldText.add(lines, field, request.path(field));
        }
        HoldText.add(lines, "OS user (claimed)", request.path("osUser"));
        request.path("why").forEach(line -> HoldText.add(lines, "why", line));
        request.path("safety").forEach(line -> HoldText.add(lines, "safety", line));
        HoldText.add(lines, "rows at most", request.path("rows"));
        HoldText.add(lines, "approvals", request.path("progress"));
        request.path("missing").forEach(line -> HoldText.add(lines, "missing", line));
        request.path("places").forEach(line -> HoldText.add(lines, "to be typed", line));
        HoldText.add(lines, "statement", request.path("statement"));
        request.path("parameters").forEach(line -> HoldText.add(lines, "parameters", line));
        request.path("covers").forEach(line -> HoldText.add(lines, "the token covers", line));
        HoldText.add(lines, "asked", request.path("createdAt"));
        HoldText.add(lines, "can be granted to", request.path("expiresAt"));
        return lines;
    }

    /** What a token for a file would cover, a statement after the other. */
    public static List<String> plan(JsonNode plan, String file) {
        List<String> lines = new ArrayList<>();
        for (JsonNode statement : plan.path("statements")) {
            String rule = HoldText.one(statement, "rule");
            String decision = HoldText.one(statement, "decision");
            String verdict = statement.path("covered").asBoolean(false)
                    ? decision + " by rule \"" + rule + "\": the token runs it"
                    : decision.equals("allow") ? "allow" : decision + " by rule \"" + rule + "\": no token runs it";
            lines.add(file + ":" + statement.path("line").asString() + ":"
                    + statement.path("column").asString() + ": " + verdict);
            lines.add("    "
                    + HoldText.printable(statement.path("text").asString("")).replace("\n", "\n    "));
        }
        plan.path("notes").forEach(note -> lines.add("note: " + HoldText.printable(note.asString(""))));
        lines.add(plan.path("covered").asString() + " of "
                + plan.path("statements").size() + " statements need the token; in sessions with "
                + HoldText.one(plan, "searchPath"));
        plan.path("missing").forEach(line -> HoldText.add(lines, "it takes", line));
        plan.path("places").forEach(line -> HoldText.add(lines, "to be typed", line));
        return lines;
    }

    /** What became of a grant, beside the token. */
    public static List<String> granted(JsonNode grant) {
        JsonNode request = grant.path("request");
        String code = HoldText.one(request, "code");
        if (grant.path("token").asString("").isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add(code + ": counted, " + HoldText.one(request, "progress") + "; nobody has the token yet");
            request.path("missing").forEach(line -> HoldText.add(lines, "missing", line));
            return lines;
        }
        return List.of(
                code + ": for " + HoldText.one(request, "requester") + " on " + HoldText.one(request, "database")
                        + ", good until " + HoldText.one(grant, "goodUntil")
                        + (request.path("rows").isMissingNode()
                                ? ""
                                : ", for at most " + request.path("rows").asString() + " rows a statement")
                        + ", shown only now",
                "SET sallyport.token = '…', or PGOPTIONS='-c sallyport.token=…'");
    }
}
