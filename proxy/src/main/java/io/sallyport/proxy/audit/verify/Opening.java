package io.sallyport.proxy.audit.verify;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A line that says how the writer took a file up. */
record Opening(String reason, @Nullable String torn, long unchainedBytes, long missing) {
    /** Null when the line is none. */
    static @Nullable Opening read(LogLine line) {
        if (!line.isEvent("audit_opened")) {
            return null;
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(line.bytes());
            return new Opening(
                    json.path("reason").asString(""),
                    json.path("torn").asString(null),
                    json.path("unchained_bytes").asLong(0),
                    json.path("missing").asLong(0));
        } catch (JacksonException e) {
            return null;
        }
    }

    /** A file begins with it, as opposed to a process that goes on in a file. */
    boolean beginsFile() {
        return !reason.equals("restart");
    }
}
