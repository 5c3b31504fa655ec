package io.sallyport.proxy.config;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values of the web's identities. */
final class WebTypes {
    private static final String ISSUER =
            "https?://[A-Za-z0-9._\\[\\]:-]{1,200}(/[A-Za-z0-9._~%!$&'()*+,;=:@/-]{0,300})?";

    private WebTypes() {}

    /** Kept letter by letter, a slash at its end too: tokens have to name it so. */
    static ValueType<String> issuer() {
        return new ValueType<>("an issuer's https address such as https://login.example/realms/ops", text -> {
            if (!text.isEmpty() && !text.matches(ISSUER)) {
                throw new IllegalArgumentException("\"" + text + "\" is no issuer's address");
            }
            if (text.startsWith("http:") && !loopback(text)) {
                throw new IllegalArgumentException("keys may not come over a network without TLS");
            }
            return text;
        });
    }

    /** Without a password in it, which errors would tell: a reverse proxy, or the network, decides who may read. */
    static ValueType<String> fileOrAddress() {
        return new ValueType<>("a file path, or an https address such as https://backups.example/info.json", text -> {
            if (!text.matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
                return text;
            }
            if (!text.matches("https?://[^\\s@/]{1,300}(/[^\\s@]{0,1000})?")) {
                throw new IllegalArgumentException("\"" + text.replaceAll("//[^/]*@", "//…@") + "\" cannot be read");
            }
            if (text.startsWith("http:") && !loopback(text)) {
                throw new IllegalArgumentException("it may not come over a network without TLS");
            }
            return text;
        });
    }

    static boolean loopback(String address) {
        try {
            String host = URI.create(address).getHost();
            return host != null && Loopback.is(host);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    static ValueType<String> claim() {
        return new ValueType<>("the name of a claim", text -> {
            if (!text.matches("[\\x21-\\x7e]{1,200}")) {
                throw new IllegalArgumentException("\"" + text + "\" cannot be one");
            }
            return text;
        });
    }

    static ValueType<String> scopes() {
        return new ValueType<>("scopes with blanks between them, openid among them", text -> {
            if (!text.matches("[\\x21-\\x7e]+( [\\x21-\\x7e]+)*")
                    || !List.of(text.split(" ")).contains("openid")) {
                throw new IllegalArgumentException("\"" + text + "\" does not ask who it is");
            }
            return text;
        });
    }

    static ValueType<Set<String>> names() {
        return new ValueType<>(
                "names separated by commas",
                text -> Stream.of(text.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
