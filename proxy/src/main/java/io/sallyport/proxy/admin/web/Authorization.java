package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.admin.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What programs send in a request's head to prove who they are. */
sealed interface Authorization {
    /** User and password (RFC 7617). */
    record Basic(Bodies.Login login) implements Authorization {}

    /** A token (RFC 6750). */
    record Bearer(String token) implements Authorization {
        @Override
        public String toString() {
            return "Bearer[***]";
        }
    }

    /** Something else. */
    record Unreadable() implements Authorization {}

    /** Null where nothing was sent. */
    static @Nullable Authorization of(Request request) {
        String header = request.header("Authorization");
        if (header == null) {
            return null;
        }
        int blank = header.indexOf(' ');
        String scheme = header.substring(0, Math.max(blank, 0)).toLowerCase(Locale.ROOT);
        String value = header.substring(blank + 1).strip();
        if (scheme.equals("basic")) {
            return basic(value);
        }
        return scheme.equals("bearer") && value.matches("[A-Za-z0-9._~+/=-]+") ? new Bearer(value) : new Unreadable();
    }

    private static Authorization basic(String value) {
        try {
            String pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? new Unreadable()
                    : new Basic(new Bodies.Login(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException noBase64) {
            return new Unreadable();
        }
    }
}
