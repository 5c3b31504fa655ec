package io.sallyport.proxy.oidc.fakes;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An OpenID Connect issuer with real keys, on loopback, that does as it should or as it is told. */
public final class TestIssuer implements AutoCloseable {
    public static final String AUDIENCE = "sallyport";
    public static final String CLIENT = "sallyport-page";
    public static final String SECRET = "s3cret:with&odd=letters";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Clock clock;
    private final String base;
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private final List<SigningKey> keys = new ArrayList<>();
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private final CodeDesk codes = new CodeDesk(this);
    private volatile @Nullable SigningKey unpublished;
    private volatile boolean down;
    private volatile String padding = "";
    private volatile boolean trickles;

    public TestIssuer(Clock clock) {
        this(clock, null);
    }

    /** @param tls null speaks plain HTTP */
    public TestIssuer(Clock clock, @Nullable SSLContext tls) {
        this.clock = clock;
        this.base = tls == null ? "http://127.0.0.1:" : "https://localhost:";
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (tls == null) {
                server = HttpServer.create(any, 0);
            } else {
                HttpsServer secure = HttpsServer.create(any, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        metadata.put("issuer", url());
        metadata.put("jwks_uri", url() + "/keys");
        metadata.put("authorization_endpoint", url() + "/authorize");
        metadata.put("token_endpoint", url() + "/token");
        metadata.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
        rotate();
    }

    public String url() {
        return base + server.getAddress().getPort();
    }

    /** The key that signs now. */
    public SigningKey key() {
        SigningKey secret = unpublished;
        return secret == null ? keys.get(keys.size() - 1) : secret;
    }

    /** From now on, though nobody is told of that key. */
    public void signsWith(SigningKey secret) {
        unpublished = secret;
    }

    /** A new key; the ones before are withdrawn. */
    public SigningKey rotate() {
        keys.clear();
        return publish(SigningKey.rsa("key-" + number.incrementAndGet()));
    }

    public SigningKey publish(SigningKey key) {
        keys.add(key);
        return key;
    }

    /** What it says of itself. */
    public void says(String name, Object value) {
        metadata.put(name, value);
    }

    /** Answers nothing but errors. */
    public void down(boolean yes) {
        down = yes;
    }

    /** Answers are so much longer. */
    public void padded(int characters) {
        padding = " ".repeat(characters);
    }

    /** Answers never end. */
    public void trickles() {
        trickles = true;
    }

    /** How often its keys were asked for. */
    public int questions() {
        return questions.get();
    }

    /** Who signs in next, and what is said of them. */
    public void next(Map<String, Object> said) {
        claims.clear();
        claims.putAll(said);
    }

    public CodeDesk codes() {
        return codes;
    }

    /** What a token for that audience claims, good for five minutes. */
    public JWTClaimsSet.Builder claims(String subject, String audience) {
        Date now = Date.from(clock.instant());
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(url())
                .subject(subject)
                .audience(audience)
                .issueTime(now)
                .expirationTime(Date.from(clock.instant().plusSeconds(300)));
        claims.forEach(builder::claim);
        return builder;
    }

    /** A good one. */
    public String token(String subject, String... groups) {
        return key().sign(claims(subject, AUDIENCE)
                .claim("groups", List.of(groups))
                .build());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/keys")) {
                questions.incrementAndGet();
            }
            if (down) {
                answer(exchange, 503, "text/plain", "down");
            } else if (path.equals("/keys")) {
                answer(exchange, 200, "application/json", jwks() + padding);
            } else if (path.equals("/.well-known/openid-configuration")) {
                answer(exchange, 200, "application/json", JSON.writeValueAsString(metadata));
            } else {
                codes.serve(exchange, path);
            }
        }
    }

    private String jwks() {
        List<JWK> all = keys.stream().map(SigningKey::jwk).toList();
        return new JWKSet(all).toString(true);
    }

    void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, trickles ? 0 : bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            while (trickles) {
                out.write(' ');
                out.flush();
                Thread.sleep(20);
            }
            out.write(bytes);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
