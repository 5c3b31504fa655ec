package io.sallyport.proxy.auth;

import org.jspecify.annotations.Nullable;

/** With what Sallyport logs in to the server as a role; its text never shows it. */
public final class UpstreamSecret {
    /** Nothing: the server must trust the connection, or Sallyport's own certificate. */
    public static final UpstreamSecret NONE = new UpstreamSecret(null, null, null);

    private final @Nullable String password;
    private final @Nullable ScramKeys keys;
    private final @Nullable ScramVerifier verifier;

    private UpstreamSecret(@Nullable String password, @Nullable ScramKeys keys, @Nullable ScramVerifier verifier) {
        this.password = password;
        this.keys = keys;
        this.verifier = verifier;
    }

    public static UpstreamSecret password(String password) {
        return new UpstreamSecret(password, null, null);
    }

    /** What the client proved to Sallyport, which proves it to a server that stores the same verifier. */
    public static UpstreamSecret keys(ScramKeys keys, ScramVerifier verifier) {
        return new UpstreamSecret(null, keys, verifier);
    }

    public boolean hasPassword() {
        return password != null;
    }

    public boolean canScram() {
        return password != null || keys != null;
    }

    /** The bytes of a cleartext PasswordMessage. */
    public byte[] cleartext() {
        return Hashes.utf8(known());
    }

    public byte[] md5(String role, byte[] salt) {
        return Hashes.md5Answer(known(), role, salt);
    }

    /** Slow where there is a password: never on an event loop then. */
    public ScramKeys keysFor(ScramClient.Challenge challenge) throws ScramException {
        byte[] salt = challenge.salt().bytes();
        if (password != null) {
            return ScramKeys.derive(password, salt, challenge.iterations());
        }
        if (keys == null || verifier == null || !verifier.sameSalt(salt, challenge.iterations())) {
            throw ScramException.server(
                    "the server stores another SCRAM verifier for the role than Sallyport was given");
        }
        return keys;
    }

    private String known() {
        if (password == null) {
            throw new IllegalStateException("no password");
        }
        return password;
    }

    @Override
    public String toString() {
        return "UpstreamSecret[***]";
    }
}
