package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import io.sallyport.proxy.admin.http.Request;
import org.jspecify.annotations.Nullable;

/**
 * What the browser keeps: no script reads it, and over TLS it travels there only.
 *
 * @param sameSite whether other sites make the browser send it
 * @param seconds how long it is kept; null until the browser closes
 */
record BrowserCookie(
        String name, SameSite sameSite, @Nullable Long seconds) {
    /** No other site sends it. */
    static final BrowserCookie SESSION = new BrowserCookie("sallyport", SameSite.Strict, null);

    /** The issuer sends the browser back with it, by a link. */
    static final BrowserCookie SIGN_IN = new BrowserCookie("sallyport-sign-in", SameSite.Lax, 600L);

    /** Makes browsers refuse it from a neighbouring host, or without TLS. */
    private static final String SECURE_PREFIX = "__Host-";

    @Nullable
    String value(Request request) {
        String wanted = name(request.secure());
        for (String header : request.headers().getAll(HttpHeaderNames.COOKIE)) {
            for (Cookie cookie : ServerCookieDecoder.STRICT.decode(header)) {
                if (cookie.name().equals(wanted)) {
                    return cookie.value();
                }
            }
        }
        return null;
    }

    String of(String value, boolean secure) {
        return encode(value, secure, seconds);
    }

    String gone(boolean secure) {
        return encode("", secure, 0L);
    }

    private String name(boolean secure) {
        return secure ? SECURE_PREFIX + name : name;
    }

    private String encode(String value, boolean secure, @Nullable Long maxAge) {
        DefaultCookie cookie = new DefaultCookie(name(secure), value);
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setSameSite(sameSite);
        cookie.setPath("/");
        if (maxAge != null) {
            cookie.setMaxAge(maxAge);
        }
        return ServerCookieEncoder.STRICT.encode(cookie);
    }
}
