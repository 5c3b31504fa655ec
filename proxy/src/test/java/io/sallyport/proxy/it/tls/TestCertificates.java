package io.sallyport.proxy.it.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** An authority of a test's own, and what it signs. */
public final class TestCertificates {
    private final X509Bundle authority;
    private final Path folder;

    public TestCertificates(Path folder, String name) {
        this.folder = folder;
        this.authority = build(null, "CN=" + name, "");
        write(name + ".ca", authority.getCertificatePEM());
    }

    public X509Bundle issue(String subject) {
        return issue(subject, "localhost");
    }

    /** For a host of this name. */
    public X509Bundle issue(String subject, String host) {
        return build(authority, subject, host);
    }

    public String caPem() {
        return authority.getCertificatePEM();
    }

    public String ca() {
        return write("ca-" + authority.getCertificate().getSerialNumber() + ".pem", caPem());
    }

    /** Puts a certificate and its key where {@code name.crt} and {@code name.key} are. */
    public void write(String name, X509Bundle bundle) {
        write(name + ".crt", bundle.getCertificatePathPEM());
        write(name + ".key", bundle.getPrivateKeyPEM());
    }

    public String path(String name) {
        return folder.resolve(name).toString();
    }

    public String write(String name, String text) {
        try {
            Path file = Files.writeString(folder.resolve(name), text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Bundle build(@Nullable X509Bundle issuer, String subject, String host) {
        try {
            CertificateBuilder builder = new CertificateBuilder().ecp256().subject(subject);
            return issuer == null
                    ? builder.setIsCertificateAuthority(true).buildSelfSigned()
                    : builder.addSanDnsName(host).buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
