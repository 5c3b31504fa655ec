package io.sallyport.proxy.audit.verify;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When an event was. */
final class Times {
    private static final Pattern AT = Pattern.compile("^\\{\"event\":\"[a-z_]*\",\"at\":\"([^\"]*)\"");

    private Times() {}

    static @Nullable String at(@Nullable LogLine line) {
        if (line == null) {
            return null;
        }
        Matcher at = AT.matcher(new String(line.bytes(), StandardCharsets.UTF_8));
        return at.find() ? at.group(1) : null;
    }
}
