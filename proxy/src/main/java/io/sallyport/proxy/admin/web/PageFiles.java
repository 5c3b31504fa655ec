package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.proxy.admin.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The page itself, as it lies beside this class. */
final class PageFiles {
    private PageFiles() {}

    static List<Route> routes() {
        return List.of(
                file("/", "page.html", "text/html; charset=utf-8"),
                file("/page.css", "page.css", "text/css; charset=utf-8"),
                script("page.js"),
                script("sql.js"),
                script("dom.js"),
                script("alarm.js"),
                script("api.js"),
                script("detail.js"),
                script("requests.js"),
                file("/icon.svg", "icon.svg", "image/svg+xml"),
                file("/api/v1/openapi.json", "openapi.json", "application/json"));
    }

    private static Route script(String name) {
        return file("/" + name, name, "text/javascript; charset=utf-8");
    }

    private static Route file(String path, String name, String type) {
        Reply reply = new Reply(HttpResponseStatus.OK, type, bytes(name), Map.of());
        return Route.open(HttpMethod.GET, path, caller -> reply);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " beside the classes");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
