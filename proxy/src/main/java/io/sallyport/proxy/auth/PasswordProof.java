package io.sallyport.proxy.auth;

import java.util.Set;

/** Proves that somebody is a role. */
public interface PasswordProof {
    /** Blocks. @return every role that it is a member of, itself among them */
    Set<String> prove(String role, String password) throws ProofRefused;
}
