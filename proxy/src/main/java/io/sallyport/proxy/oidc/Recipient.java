package io.sallyport.proxy.oidc;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For whom a token has to be made out.
 *
 * @param clients that may have asked for it
 * @param nonce that has to be in it; null where none was given out
 */
record Recipient(
        String audience, Set<String> clients, @Nullable String nonce) {}
