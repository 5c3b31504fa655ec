package io.sallyport.proxy.replay.log;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The escapes of {@code log_line_prefix} (manual, section 19.8.3) with what they may print. Every pattern is bounded, so that a line of a
 * megabyte that is no log line is given up at once; names are at most 63 bytes (NAMEDATALEN).
 */
enum PrefixField {
    APPLICATION('a', ".{0,63}?"),
    BACKEND_TYPE('b', ".{0,63}?"),
    SESSION('c', "[0-9a-f]{1,20}\\.[0-9a-f]{1,8}"),
    DATABASE('d', ".{0,63}?"),
    SQL_STATE('e', "[0-9A-Z]{5}"),
    HOST('h', "\\S{0,255}?"),
    COMMAND_TAG('i', "[A-Za-z ]{0,63}?"),
    LINE('l', "\\d{1,20}"),
    LOCAL_ADDRESS('L', "\\S{0,255}?"),
    TIME_MILLIS('m', "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} [A-Za-z0-9+/_-]{1,40}"),
    EPOCH('n', "\\d{1,12}\\.\\d{3}"),
    PROCESS('p', "\\d{1,10}"),
    LEADER('P', "\\d{0,10}"),
    QUERY_ID('Q', "-?\\d{1,20}"),
    /** host(port), or [local]. */
    REMOTE('r', "\\[local\\]|\\[unknown\\]|[^\\s()]{1,255}\\(\\d{1,5}\\)|"),
    SESSION_START('s', "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [A-Za-z0-9+/_-]{1,40}"),
    TIME('t', "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [A-Za-z0-9+/_-]{1,40}"),
    USER('u', ".{0,63}?"),
    VIRTUAL_TRANSACTION('v', "[0-9/-]{0,30}"),
    TRANSACTION('x', "\\d{1,20}");

    private static final Map<Character, PrefixField> BY_ESCAPE = new HashMap<>();

    static {
        for (PrefixField field : values()) {
            BY_ESCAPE.put(field.escape, field);
        }
    }

    private final char escape;
    private final String pattern;

    PrefixField(char escape, String pattern) {
        this.escape = escape;
        this.pattern = pattern;
    }

    /** Its name in a regular expression, which allows letters and digits only. */
    String group() {
        return "field" + escape;
    }

    String pattern() {
        return pattern;
    }

    static @Nullable PrefixField of(char escape) {
        return BY_ESCAPE.get(escape);
    }
}
