package io.sallyport.proxy.auth;

import java.util.Locale;

/** Why a login failed, as metrics and audit name it. */
public enum LoginFailure {
    /** The proof, or what the server was sent, was not the role's. */
    WRONG_PASSWORD,
    /** The server refused for another reason of authentication: no line in pg_hba.conf, a certificate, ident. */
    REFUSED,
    /** SCRAM's channel binding cannot hold across the two legs, or did not. */
    CHANNEL_BINDING,
    /** A password would have crossed a network in the clear. */
    CLEARTEXT,
    /** No certificate, or one for another role. */
    CERTIFICATE,
    /** The role's verifier could not be asked for. */
    LOOKUP,
    /** Sallyport itself could not log in to the server as the role. */
    SERVER,
    /** Messages that are no login. */
    PROTOCOL;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
