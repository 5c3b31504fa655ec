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
    /** The control database, which has the personal access tokens, could not be asked. */
    CONTROL,
    /** Sallyport itself could not log in to the server as the role. */
    SERVER,
    /** Messages that are no login. */
    PROTOCOL,
    /** A token is none, or its signature is not the issuer's, or it says too little. */
    TOKEN,
    /** It was one, or is not one yet. */
    TOKEN_EXPIRED,
    /** It is another issuer's, or for somebody else. */
    TOKEN_AUDIENCE,
    /** The issuer could not be asked. */
    ISSUER,
    /** A sign-in at the issuer came back otherwise than it began. */
    SIGN_IN;

    /** Whether the fault is not of whoever tried: it is told at once, and not held against them. */
    public boolean ofInstallation() {
        return switch (this) {
            case CHANNEL_BINDING, CLEARTEXT, LOOKUP, CONTROL, SERVER, ISSUER -> true;
            case WRONG_PASSWORD, REFUSED, CERTIFICATE, PROTOCOL, TOKEN, TOKEN_EXPIRED, TOKEN_AUDIENCE, SIGN_IN -> false;
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
