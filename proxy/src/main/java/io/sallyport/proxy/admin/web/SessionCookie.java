package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import io.sallyport.proxy.admin.http.Request;
import org.jspecify.annotations.Nullable;

/** What the browser keeps: no script reads it, no other site sends it, and over TLS it travels there only. */
final class SessionCookie {
    /** The prefix makes browsers refuse it from a neighbouring host, or without TLS. */
    private static final String SECURE_NAME = "__Host-sallyport";

    private static final String PLAIN_NAME = "sallyport";

    private SessionCookie() {}

    static @Nullable String secret(Request request) {
        String name = request.secure() ? SECURE_NAME : PLAIN_NAME;
        for (String header : request.headers().getAll(HttpHeaderNames.COOKIE)) {
            for (Cookie cookie : ServerCookieDecoder.STRICT.decode(header)) {
                if (cookie.name().equals(name)) {
                    return cookie.value();
                }
            }
        }
        return null;
    }

    static String of(String secret, boolean secure) {
        return encode(secret, secure, null);
    }

    static String gone(boolean secure) {
        return encode("", secure, 0L);
    }

    private static String encode(String value, boolean secure, @Nullable Long maxAge) {
        DefaultCookie cookie = new DefaultCookie(secure ? SECURE_NAME : PLAIN_NAME, value);
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setSameSite(SameSite.Strict);
        cookie.setPath("/");
        if (maxAge != null) {
            cookie.setMaxAge(maxAge);
        }
        return ServerCookieEncoder.STRICT.encode(cookie);
    }
}
