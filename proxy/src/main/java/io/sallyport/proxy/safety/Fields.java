package io.sallyport.proxy.safety;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;

/** Values of documents that others write: of the right form, or a failure that says what is wrong. */
final class Fields {
    private static final int LONGEST_QUOTE = 80;

    private Fields() {}

    /** Seconds since 1970, as a number or as its text. */
    static Instant epochSeconds(JsonNode value, String what) throws SourceFailure {
        String text = value.isIntegralNumber() || value.isString() ? value.asString() : "";
        if (!text.matches("[0-9]{1,11}")) {
            throw new SourceFailure(what + " has no time", null);
        }
        return Instant.ofEpochSecond(Long.parseLong(text));
    }

    /** Such as {@code 2026-11-28T01:00:00Z}; the offset is not guessed. */
    static Instant isoTime(JsonNode document, String field) throws SourceFailure {
        String text = document.path(field).asString("");
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException wrong) {
            throw new SourceFailure(field + " is no time such as 2026-11-28T01:00:00Z", wrong);
        }
    }

    /** Somebody else's word, short. */
    static String quoted(JsonNode value) {
        String text = value.asString("");
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
