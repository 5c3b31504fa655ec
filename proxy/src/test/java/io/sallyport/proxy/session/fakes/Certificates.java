package io.sallyport.proxy.session.fakes;

import io.sallyport.proxy.session.LegSecurity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Two self-signed certificates, whose keys nobody kept, and legs that show them. */
public final class Certificates {
    public static final X509Certificate ALICE = certificate("""
            -----BEGIN CERTIFICATE-----
            MIIBdzCCAR2gAwIBAgIUHkSIn1u0DLiu4fRKQ37Jt9WFAYowCgYIKoZIzj0EAwIw
            EDEOMAwGA1UEAwwFYWxpY2UwIBcNMjYxMTI3MDIwNzI4WhgPMjEyNjExMDMwMjA3
            MjhaMBAxDjAMBgNVBAMMBWFsaWNlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
            GEBZyE69BmxOgnQIIbHxHP8WqT4hiTOJK7f2FLxDlpzA4iXaJNa6REWl5jku7091
            O5HpM2bFw3VZAyAPZoZ186NTMFEwHQYDVR0OBBYEFE7V+gafx0TcoXyF4X742aLU
            WhEbMB8GA1UdIwQYMBaAFE7V+gafx0TcoXyF4X742aLUWhEbMA8GA1UdEwEB/wQF
            MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAMxXNLEsXecVDN8h6b4KuY6Vq9BZw6TQ
            rsSyLjPSAeXlAiBfKgLgSRLPZ9b6heUOPqENplIpaOm5e33PL5boRNt+fQ==
            -----END CERTIFICATE-----
            """);
    public static final X509Certificate OTHER = certificate("""
            -----BEGIN CERTIFICATE-----
            MIIBeDCCAR2gAwIBAgIUQVWIrnJaZQ+DCurCYLz2AYEEbNAwCgYIKoZIzj0EAwIw
            EDEOMAwGA1UEAwwFb3RoZXIwIBcNMjYxMTI3MDIwNzI4WhgPMjEyNjExMDMwMjA3
            MjhaMBAxDjAMBgNVBAMMBW90aGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
            HZRsRo0MaTiPd2U2KfSNvl5hA+KyHjyHJo1KGwckG0Xbz7ALsuTHpBGs4dlK0S/R
            67wLPV+HOhNj6HGuQHKHRqNTMFEwHQYDVR0OBBYEFMya5YmihTKvce5gb3YHT4W9
            Q7KVMB8GA1UdIwQYMBaAFMya5YmihTKvce5gb3YHT4W9Q7KVMA8GA1UdEwEB/wQF
            MAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAIPislTUOXc6CrJ6yLDWdgHItS5TLUPg
            SPLS6QE0I4bhAiEAzClBA1NMcBzn74ii1eHrEpTAiJkOeWGzSgOm9yn6FGo=
            -----END CERTIFICATE-----
            """);

    private Certificates() {}

    /** A leg with TLS whose accepting side shows this. */
    public static LegSecurity tls(X509Certificate shown) {
        return new LegSecurity(true, false, shown, null);
    }

    /** The same, to a server that is known by it. */
    public static LegSecurity verified(X509Certificate shown) {
        return new LegSecurity(true, true, shown, null);
    }

    private static X509Certificate certificate(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }
}
