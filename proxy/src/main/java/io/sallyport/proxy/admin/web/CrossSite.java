package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.admin.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a change was asked for by this server's own page, or by a program; never by another site's. */
final class CrossSite {
    static final String TOKEN_HEADER = "X-Sallyport-Csrf";

    private CrossSite() {}

    /** Of every change, signed in or not. @return why not, or null */
    static @Nullable String refusal(Request request) {
        String site = request.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return "this request comes from another site (Sec-Fetch-Site: " + site + ")";
        }
        String origin = request.header("Origin");
        if (origin != null && !origin.equalsIgnoreCase(own(request))) {
            return "this request comes from another origin";
        }
        // Only a script may send this type, and one of another origin must ask first, in vain.
        String type = request.header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).matches("application/json(;.*)?")) {
            return "expected Content-Type: application/json";
        }
        return null;
    }

    /** The scheme is not compared: a reverse proxy may speak TLS for us. */
    private static String own(Request request) {
        String origin = String.valueOf(request.header("Origin"));
        String scheme = origin.startsWith("https:") ? "https" : "http";
        return scheme + "://" + request.header("Host");
    }

    static boolean hasToken(Request request, WebSession session) {
        String token = request.header(TOKEN_HEADER);
        return token != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), session.csrf().getBytes(StandardCharsets.UTF_8));
    }
}
