package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.access.AccessWish;
import io.sallyport.proxy.approval.Ballot;
import io.sallyport.proxy.config.DurationText;
import io.sallyport.proxy.token.GrantLimits;
import io.sallyport.proxy.token.GrantTerms;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what is sent: one JSON object of short strings. */
final class Bodies {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_PASSWORD = 1_000;

    /** Says what was expected. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** Who somebody says to be. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + ", ***]";
        }
    }

    private Bodies() {}

    static Login login(byte[] body) throws Malformed {
        JsonNode object = object(body);
        return new Login(text(object, "user", LONGEST_NAME), text(object, "password", LONGEST_PASSWORD));
    }

    static Ballot ballot(byte[] body) throws Malformed {
        JsonNode object = object(body);
        String reason =
                text(object, "reason", LONGEST_REASON).replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]+", " ");
        return new Ballot(reason.strip(), text(object, "typed", LONGEST_NAME));
    }

    static GrantTerms grant(byte[] body) throws Malformed {
        JsonNode object = object(body);
        String lasts = text(object, "lasts", LONGEST_NAME).strip();
        try {
            return new GrantTerms(
                    ballot(body),
                    new GrantLimits(lasts.isEmpty() ? null : DurationText.parse(lasts), count(object, "rows")));
        } catch (IllegalArgumentException noDuration) {
            throw new Malformed("lasts: expected a duration such as 30m or 2h");
        }
    }

    private static @Nullable Long count(JsonNode object, String field) throws Malformed {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new Malformed(field + ": expected a whole number, 0 or more");
        }
        return value.asLong();
    }

    static AccessWish accessToken(byte[] body) throws Malformed {
        JsonNode object = object(body);
        String life = text(object, "life", LONGEST_NAME).strip();
        try {
            return new AccessWish(
                    text(object, "label", LONGEST_NAME), life.isEmpty() ? null : DurationText.parse(life));
        } catch (IllegalArgumentException noDuration) {
            throw new Malformed("life: expected a duration such as 8h or 30d");
        }
    }

    static JsonNode object(byte[] body) throws Malformed {
        try {
            JsonNode node = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException broken) {
            // Its message would repeat what was sent, a password perhaps.
        }
        throw new Malformed("expected a JSON object");
    }

    static String text(JsonNode object, String field, int longest) throws Malformed {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isString() || value.asString().length() > longest) {
            throw new Malformed(field + ": expected a string of at most " + longest + " characters");
        }
        return value.asString();
    }
}
