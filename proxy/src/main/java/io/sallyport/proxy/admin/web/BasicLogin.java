package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.admin.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** User and password in a request's head (RFC 7617), as programs send them. */
final class BasicLogin {
    private static final String SCHEME = "basic ";

    private BasicLogin() {}

    static boolean given(Request request) {
        return request.header("Authorization") != null;
    }

    /** @return null when it cannot be read */
    static Bodies.@Nullable Login read(Request request) {
        String header = String.valueOf(request.header("Authorization"));
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return null;
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? null : new Bodies.Login(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }
}
