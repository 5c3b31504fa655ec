package io.sallyport.proxy.oidc;

import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ProofRefused;
import io.sallyport.proxy.config.OidcSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Proves people by what the issuer signed. */
public final class Oidc {
    /** Issuers with hundreds of groups a person write long ones; headers have 16 KiB in all. */
    private static final int LONGEST_TOKEN = 12 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Issuer issuer;
    private final Signatures signatures;
    private final ClaimRules rules;
    private final ClaimReader reader;
    private final @Nullable Recipient bearers;
    private final @Nullable CodeFlow codes;

    private Oidc(OidcSettings settings, IssuerHttp http, Clock clock) throws IOException {
        this.name = settings.issuer();
        this.issuer = new Issuer(new Discovery(settings.issuer(), http), clock);
        this.signatures = new Signatures(issuer);
        this.rules = new ClaimRules(settings.issuer(), clock);
        this.reader = new ClaimReader(settings);
        this.bearers = settings.audience().isEmpty() ? null : recipient(settings);
        this.codes = settings.page() == null ? null : codes(settings, settings.page(), http, clock);
    }

    private CodeFlow codes(OidcSettings settings, OidcSettings.SignIn page, IssuerHttp http, Clock clock)
            throws IOException {
        TokenDesk desk = new TokenDesk(page, http);
        // A file that is missing is said at the start.
        desk.secret();
        return new CodeFlow(settings, page, issuer, desk, this::person, new FlowSecrets(clock));
    }

    /**
     * Nothing is asked of the issuer yet: it may be away when the proxy starts.
     *
     * @return null where no issuer is trusted
     * @throws IOException when a file cannot be used
     */
    public static @Nullable Oidc open(OidcSettings settings, Clock clock) throws IOException {
        return open(settings, clock, PATIENCE);
    }

    /** @param patience for one answer of the issuer */
    static @Nullable Oidc open(OidcSettings settings, Clock clock, Duration patience) throws IOException {
        return settings.enabled() ? new Oidc(settings, IssuerHttp.open(settings, patience), clock) : null;
    }

    private static Recipient recipient(OidcSettings settings) {
        Set<String> clients = new HashSet<>(settings.clients());
        clients.add(settings.audience());
        if (settings.page() != null) {
            clients.add(settings.page().clientId());
        }
        return new Recipient(settings.audience(), Set.copyOf(clients), null);
    }

    /** Asks the issuer for its keys, so that a mistake in the settings is in the log from the start. Blocks. */
    public void getReady() {
        try {
            issuer.metadata();
        } catch (ProofRefused logged) {
            // Asked again when somebody comes.
        }
    }

    /** Whoever carries this token. Blocks, for seconds where the issuer is slow. */
    public Proven bearer(String token) throws ProofRefused {
        Recipient recipient = bearers;
        if (recipient == null) {
            throw new ProofRefused(LoginFailure.TOKEN, "no bearer tokens are taken here: oidc.audience is not set");
        }
        if (token.length() > LONGEST_TOKEN) {
            throw new ProofRefused(
                    LoginFailure.TOKEN, "the token is refused: expected at most " + LONGEST_TOKEN + " characters");
        }
        return person(token, recipient);
    }

    /** What anybody may know: whose tokens count, for whom they have to be, and what the page's button says. */
    public Map<String, String> about() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("issuer", name);
        if (bearers != null) {
            fields.put("audience", bearers.audience());
        }
        if (codes != null) {
            fields.put("signInAt", codes.name());
        }
        return fields;
    }

    /** How browsers sign in; null where they do not. */
    public @Nullable CodeFlow codes() {
        return codes;
    }

    private Proven person(String token, Recipient recipient) throws ProofRefused {
        var claims = signatures.verified(token);
        rules.require(claims, recipient);
        return reader.person(claims);
    }
}
