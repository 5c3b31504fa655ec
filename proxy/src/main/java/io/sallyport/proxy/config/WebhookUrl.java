package io.sallyport.proxy.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a webhook's address. It is a secret as a rule, so what is said of it never repeats it. */
public final class WebhookUrl {
    private WebhookUrl() {}

    /** @throws IllegalArgumentException when it is no address to send secrets to; the message does not repeat it */
    public static URI parse(String text, boolean allowHttp) {
        URI url = read(text);
        String scheme =
                url == null || url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url == null || url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("it is no web address; expected https://HOST/…");
        } else if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("it has a user or a fragment; expected https://HOST/…");
        } else if (url.getPort() == 0 || url.getPort() > 65_535) {
            throw new IllegalArgumentException("its port is not a number between 1 and 65535");
        } else if (scheme.equals("http") && !allowHttp && !Loopback.is(url.getHost())) {
            throw new IllegalArgumentException(
                    "what is held would cross the network unencrypted; expected https://…, or allow_http: true");
        }
        return url;
    }

    private static @Nullable URI read(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException broken) {
            return null;
        }
    }
}
