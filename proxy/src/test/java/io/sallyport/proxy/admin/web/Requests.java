package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sallyport.proxy.admin.http.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Requests as tests need them. */
final class Requests {
    private Requests() {}

    /** A change, in JSON, with further headers as names and values. */
    static Request post(String... headers) {
        return of(HttpMethod.POST, "127.0.0.1", false, headers);
    }

    static Request of(HttpMethod method, String from, boolean secure, String... headers) {
        HttpHeaders all = new DefaultHttpHeaders();
        all.set("Host", "sallyport:6480").set("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            all.set(headers[i], headers[i + 1]);
        }
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(from), 4000);
            return new Request(method, "/x", all, "{}".getBytes(StandardCharsets.UTF_8), address, secure);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
