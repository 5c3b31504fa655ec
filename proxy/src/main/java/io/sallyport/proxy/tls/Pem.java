package io.sallyport.proxy.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM (RFC 7468). */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    /** All certificates of the file, in their order. */
    static X509Certificate[] certificates(TlsFiles files, String setting) throws TlsProblem {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> found = new ArrayList<>();
            Matcher block = BLOCK.matcher(text(files, setting));
            while (block.find()) {
                if (block.group(1).equals("CERTIFICATE")) {
                    found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(decode(block))));
                }
            }
            if (found.isEmpty()) {
                throw files.problem(setting, "holds no certificate; expected PEM, -----BEGIN CERTIFICATE-----");
            }
            return found.toArray(new X509Certificate[0]);
        } catch (CertificateException | IllegalArgumentException e) {
            throw files.problem(setting, "holds a broken certificate: " + e.getMessage());
        }
    }

    /** The private key, once it is known to be that of the certificate. */
    static PrivateKey key(TlsFiles files, String setting, X509Certificate certificate) throws TlsProblem {
        Matcher block = BLOCK.matcher(text(files, setting));
        while (block.find()) {
            if (block.group(1).equals("PRIVATE KEY")) {
                return matching(files, setting, decode(block), certificate);
            } else if (block.group(1).endsWith("PRIVATE KEY")) {
                throw files.problem(
                        setting,
                        "is a " + block.group(1)
                                + "; expected an unencrypted PKCS #8 key (openssl pkcs8 -topk8 -nocrypt)");
            }
        }
        throw files.problem(setting, "holds no private key; expected PEM, -----BEGIN PRIVATE KEY-----");
    }

    private static PrivateKey matching(TlsFiles files, String setting, byte[] der, X509Certificate certificate)
            throws TlsProblem {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        try {
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            // A key of another certificate would only be noticed by the first client.
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> algorithm;
                    });
            byte[] probe = {1, 2, 3};
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            if (!signature.verify(signed)) {
                throw files.problem(setting, "is not the key of the certificate");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw files.problem(
                    setting, "is not the " + algorithm + " key of the certificate, or broken: " + e.getMessage());
        }
    }

    private static byte[] decode(Matcher block) {
        return Base64.getMimeDecoder().decode(block.group(2));
    }

    private static String text(TlsFiles files, String setting) {
        return new String(files.bytes(setting), StandardCharsets.ISO_8859_1);
    }
}
