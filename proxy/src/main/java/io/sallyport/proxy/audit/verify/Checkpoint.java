package io.sallyport.proxy.audit.verify;

import io.sallyport.proxy.audit.chain.ChainLine;
import io.sallyport.proxy.audit.chain.VerifyingKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line that vouches for those before it.
 *
 * @param line its own place in the chain
 */
record Checkpoint(
        ChainLine line,
        String at,
        long count,
        String head,
        @Nullable String key,
        @Nullable String signature) {
    static final String EVENT = "checkpoint";

    /** Null when it is none; what it says may still be wrong. */
    static @Nullable Checkpoint read(LogLine line) {
        ChainLine chained = line.intact();
        if (chained == null || !line.isEvent(EVENT)) {
            return null;
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(line.bytes());
            return new Checkpoint(
                    chained,
                    json.path("at").asString(""),
                    json.path("count").asLong(-1),
                    json.path("head").asString(""),
                    json.path("key").asString(null),
                    json.path("signature").asString(null));
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Whether it speaks of the line before it. */
    boolean fits() {
        return count == line.seq() - 1 && head.equals(line.prev());
    }

    boolean provedBy(List<VerifyingKey> keys) {
        return signature != null && keys.stream().anyMatch(known -> known.proves(signature, at, count, head));
    }
}
