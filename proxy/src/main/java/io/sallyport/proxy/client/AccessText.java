package io.sallyport.proxy.client;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Personal access tokens as lines for a terminal. */
public final class AccessText {
    private AccessText() {}

    /** For a script, or a file. */
    public static String secret(JsonNode token) {
        return one(token, "token");
    }

    /** All else of one that was just made. */
    public static String made(JsonNode token) {
        return one(token, "id") + "  " + one(token, "label") + "  acts for " + one(token, "role") + " until "
                + one(token, "expiresAt") + "; it is not shown again";
    }

    /** One line a token. */
    public static List<String> list(JsonNode listing) {
        List<String> lines = new ArrayList<>();
        for (JsonNode token : listing.path("tokens")) {
            String used = one(token, "usedAt");
            lines.add(one(token, "id") + "  " + one(token, "label") + "  expires " + one(token, "expiresAt")
                    + (used.isEmpty() ? "  never used" : "  last used " + used));
        }
        return lines.isEmpty() ? List.of("You have none.") : lines;
    }

    public static String revoked(JsonNode answer) {
        return one(answer, "id") + " revoked";
    }

    private static String one(JsonNode token, String field) {
        return HoldText.printable(token.path(field).asString("")).replace('\n', ' ');
    }
}
