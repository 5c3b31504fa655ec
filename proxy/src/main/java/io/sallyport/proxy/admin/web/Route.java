package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpMethod;
import io.sallyport.proxy.admin.http.Answer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked for.
 *
 * @param template as the OpenAPI document writes it: one `{code}` or `{id}` at most
 * @param open whether anybody may ask
 */
record Route(HttpMethod method, String template, boolean open, Action action) {
    /** Answers. */
    interface Action {
        /** @param code what stood in the place of `{…}`; else empty */
        void answer(Caller caller, String code, Consumer<Answer> to);
    }

    static Route open(HttpMethod method, String path, Function<Caller, Answer> answer) {
        return new Route(method, path, true, (caller, code, to) -> to.accept(answer.apply(caller)));
    }

    static Route signedIn(HttpMethod method, String template, BiFunction<Caller, String, Answer> answer) {
        return new Route(method, template, false, (caller, code, to) -> to.accept(answer.apply(caller, code)));
    }

    /** @return null where the path is another's; else what stands for `{…}` */
    @Nullable
    String match(String path) {
        int place = template.indexOf('{');
        if (place < 0) {
            return template.equals(path) ? "" : null;
        }
        String before = template.substring(0, place);
        String behind = template.substring(template.indexOf('}') + 1);
        if (!path.startsWith(before) || !path.endsWith(behind) || path.length() <= before.length() + behind.length()) {
            return null;
        }
        String code = path.substring(before.length(), path.length() - behind.length());
        return code.contains("/") ? null : code;
    }

    boolean takes(HttpMethod asked) {
        return method.equals(asked) || (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD));
    }
}
