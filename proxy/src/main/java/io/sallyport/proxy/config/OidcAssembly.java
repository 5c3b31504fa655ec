package io.sallyport.proxy.config;

import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the settings of the issuer together, and says which of them make no sense beside each other. */
final class OidcAssembly {
    private final TlsAssembly.Values values;
    private final Predicate<Setting<?>> written;
    private final BiConsumer<Setting<?>, String> problem;

    /**
     * @param written whether somebody wrote a setting
     * @param problem told which setting is wrong, and why
     */
    OidcAssembly(TlsAssembly.Values values, Predicate<Setting<?>> written, BiConsumer<Setting<?>, String> problem) {
        this.values = values;
        this.written = written;
        this.problem = problem;
    }

    /** @param served whether there is a page, and an address that has it */
    OidcSettings assemble(boolean served) {
        String issuer = values.of(OidcKeys.ISSUER);
        String audience = values.of(OidcKeys.AUDIENCE);
        String clientId = values.of(OidcKeys.CLIENT_ID);
        if (written.test(OidcKeys.ISSUER) && issuer.isEmpty()) {
            // It is told already what is wrong with it.
            return OidcSettings.DEFAULTS;
        } else if (issuer.isEmpty()) {
            OidcKeys.ALL.stream()
                    .filter(written)
                    .findFirst()
                    .ifPresent(setting -> problem.accept(setting, "no issuer is trusted; expected oidc.issuer"));
        } else if (audience.isEmpty() && clientId.isEmpty()) {
            problem.accept(
                    OidcKeys.ISSUER,
                    "nobody could come with it; expected oidc.audience (API) or oidc.client_id (page)");
        } else if (!served) {
            problem.accept(OidcKeys.ISSUER, "there is nothing to sign in to; see admin and page.enabled");
        }
        if (audience.isEmpty() && written.test(OidcKeys.CLIENTS)) {
            problem.accept(OidcKeys.CLIENTS, "no bearer token is taken; expected oidc.audience");
        }
        return new OidcSettings(
                issuer,
                audience,
                values.of(OidcKeys.CLIENTS),
                values.of(OidcKeys.SUBJECT_CLAIM),
                values.of(OidcKeys.NAME_CLAIM),
                values.of(OidcKeys.GROUPS_CLAIM),
                values.of(OidcKeys.UNMAPPED),
                signIn(issuer, clientId),
                values.of(OidcKeys.CA).orElse(null));
    }

    private OidcSettings.@Nullable SignIn signIn(String issuer, String clientId) {
        if (clientId.isEmpty()) {
            Stream.of(OidcKeys.CLIENT_SECRET_FILE, OidcKeys.SCOPES, OidcKeys.NAME)
                    .filter(written)
                    .findFirst()
                    .ifPresent(setting ->
                            problem.accept(setting, "the page signs nobody in there; expected oidc.client_id"));
            return null;
        }
        String page = values.of(Settings.PAGE_URL);
        if (page.isEmpty()) {
            problem.accept(OidcKeys.CLIENT_ID, "the issuer has to know where to send people back; expected page.url");
        } else if (page.startsWith("http:") && !WebTypes.loopback(page)) {
            problem.accept(Settings.PAGE_URL, "people sign in there by oidc; expected https");
        }
        String name = values.of(OidcKeys.NAME);
        return new OidcSettings.SignIn(
                clientId,
                values.of(OidcKeys.CLIENT_SECRET_FILE).orElse(null),
                values.of(OidcKeys.SCOPES),
                page + OidcSettings.SignIn.CALLBACK,
                name.isEmpty() ? issuer.replaceFirst("https?://", "").replaceFirst("/.*", "") : name);
    }
}
