package io.sallyport.proxy.audit;

import java.time.Instant;

/** What became of a personal access token. The secret is part of none. */
public final class AccessTokenEvent {
    private AccessTokenEvent() {}

    /**
     * Somebody made a token that acts for them.
     *
     * @param token its id
     * @param user the login role
     * @param session where it was asked for: a session, or the page or the API with an address
     */
    public record Made(Instant at, String token, String label, String user, String session, Instant expiresAt)
            implements AuditEvent {
        public Made {
            label = AuditText.note(label);
        }
    }

    /** Its owner revoked it; from here on it proves nobody. */
    public record Revoked(Instant at, String token, String user, String session) implements AuditEvent {}
}
