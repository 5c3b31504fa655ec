package io.sallyport.proxy.auth;

import org.jspecify.annotations.Nullable;

/** Where credentials come from. */
public interface CredentialSource {
    /**
     * May block: never called on an event loop.
     *
     * @return null when the role has none that can be used
     * @throws LookupFailedException when that is not known; then nobody is let in
     */
    @Nullable
    Credential find(String role) throws LookupFailedException;
}
