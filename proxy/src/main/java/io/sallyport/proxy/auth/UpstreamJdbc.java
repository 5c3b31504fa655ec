package io.sallyport.proxy.auth;

import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.Loopback;
import io.sallyport.proxy.config.SmallFile;
import io.sallyport.proxy.config.UpstreamTlsSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** How Sallyport's own connections to the server are made: short, and protected as the sessions' are. */
final class UpstreamJdbc {
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final String host;
    private final String url;
    private final UpstreamTlsSettings tls;

    UpstreamJdbc(HostAndPort upstream, UpstreamTlsSettings tls) {
        this.host = upstream.host();
        this.url = "jdbc:postgresql://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + upstream.port() + "/";
        this.tls = tls;
    }

    String url() {
        return url;
    }

    /** @throws IOException when a file of `upstream_tls` cannot be read */
    Properties properties(String user, String database) throws IOException {
        return properties(user, database, TIMEOUT);
    }

    /** @throws IOException when a file of `upstream_tls` cannot be read */
    Properties properties(String user, String database, Duration timeout) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("PGDBNAME", database);
        properties.setProperty("connectTimeout", seconds(timeout));
        properties.setProperty("socketTimeout", seconds(timeout));
        encrypt(properties);
        // Nothing that somebody else may create stands in front of the catalog.
        properties.setProperty("options", "-c search_path=pg_catalog,pg_temp");
        return properties;
    }

    /** As the driver reads them, which counts no less than one. */
    static String seconds(Duration timeout) {
        return Long.toString(Math.max(1, timeout.toSeconds()));
    }

    /** In the clear, where the server asks so: whoever answers in its place would need only ask; other methods tell no password. */
    boolean mayTellPassword(AuthSettings auth) {
        return tls.mode().verifies() || Loopback.is(host) || auth.allowCleartext();
    }

    /** As the sessions' own connections: an answer of somebody in between would be a key to every role. */
    private void encrypt(Properties properties) throws IOException {
        properties.setProperty("sslmode", tls.mode().sslmode());
        properties.setProperty("sslNegotiation", tls.negotiation().name().toLowerCase(Locale.ROOT));
        if (tls.ca() != null) {
            properties.setProperty("sslrootcert", tls.ca().toString());
        } else if (tls.mode().verifies()) {
            properties.setProperty("sslfactory", DefaultJavaSSLFactory.class.getName());
        }
        if (tls.certificate() != null && tls.key() != null) {
            properties.setProperty("pemKeyAlgorithm", algorithm(tls.certificate()));
            properties.setProperty("sslcert", tls.certificate().toString());
            properties.setProperty("sslkey", tls.key().toString());
        }
    }

    private static String algorithm(Path certificate) throws IOException {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(SmallFile.read(certificate)))
                    .getPublicKey()
                    .getAlgorithm();
        } catch (CertificateException broken) {
            throw new IOException("upstream_tls.certificate: " + certificate + " holds no certificate", broken);
        }
    }
}
