package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID Connect issuer whose word counts for approvers.
 *
 * @param issuer its URL, letter by letter as it stands in {@code iss}; empty trusts none
 * @param audience what bearer tokens have to be made out to; empty takes none
 * @param clients whose tokens are taken beside those of the audience and of the client id itself
 * @param subjectClaim tells who it is
 * @param nameClaim is shown to people, and decides nothing
 * @param groupsClaim tells what they belong to
 * @param page signs people in; null where the page does not
 * @param ca who signs the issuer's certificate; null takes those whom Java trusts
 */
public record OidcSettings(
        String issuer,
        String audience,
        Set<String> clients,
        String subjectClaim,
        String nameClaim,
        String groupsClaim,
        Unmapped unmapped,
        @Nullable SignIn page,
        @Nullable Path ca) {
    /** What becomes of an approval by somebody who may be the requester under another name. */
    public enum Unmapped {
        REFUSE,
        ALLOW
    }

    /**
     * How the page signs in.
     *
     * @param secretFile holds the client's secret; null for a client without one
     * @param redirect where the issuer sends the browser back to
     * @param name what people call the issuer
     */
    public record SignIn(String clientId, @Nullable Path secretFile, String scopes, String redirect, String name) {
        /** Below {@code page.url}. */
        public static final String CALLBACK = "/sign-in/oidc/callback";
    }

    public static final OidcSettings DEFAULTS =
            new OidcSettings("", "", Set.of(), "sub", "preferred_username", "groups", Unmapped.REFUSE, null, null);

    public boolean enabled() {
        return !issuer.isEmpty();
    }
}
