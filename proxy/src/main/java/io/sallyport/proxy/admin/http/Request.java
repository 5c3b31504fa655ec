package io.sallyport.proxy.admin.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole request.
 *
 * @param secure whether it came over TLS
 */
public record Request(
        HttpMethod method, String uri, HttpHeaders headers, byte[] body, InetSocketAddress from, boolean secure) {
    /** As it was sent, escapes and all: no route needs one. */
    public String path() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Empty also where the query string cannot be read; without what no text of PostgreSQL's has. */
    public String parameter(String name) {
        try {
            List<String> values = new QueryStringDecoder(uri).parameters().getOrDefault(name, List.of());
            return values.isEmpty() ? "" : values.get(0).replace("\0", "");
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public boolean changes() {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }

    /** `address` of the client, without its port. */
    public String address() {
        return from.getAddress().getHostAddress();
    }

    /** Whether nobody on a network can read along. */
    public boolean confidential() {
        return secure || from.getAddress().isLoopbackAddress();
    }

    @Override
    public String toString() {
        return method + " " + path();
    }
}
