package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings under {@code oidc}. */
final class OidcKeys {
    static final Setting<String> ISSUER = new Setting<>("oidc.issuer", WebTypes.issuer(), "");
    static final Setting<String> AUDIENCE = new Setting<>("oidc.audience", ValueTypes.label(500), "");
    static final Setting<Set<String>> CLIENTS = new Setting<>("oidc.clients", WebTypes.names(), "");
    static final Setting<String> SUBJECT_CLAIM =
            new Setting<>("oidc.subject_claim", WebTypes.claim(), OidcSettings.DEFAULTS.subjectClaim());
    static final Setting<String> NAME_CLAIM =
            new Setting<>("oidc.name_claim", WebTypes.claim(), OidcSettings.DEFAULTS.nameClaim());
    static final Setting<String> GROUPS_CLAIM =
            new Setting<>("oidc.groups_claim", WebTypes.claim(), OidcSettings.DEFAULTS.groupsClaim());
    static final Setting<OidcSettings.Unmapped> UNMAPPED =
            new Setting<>("oidc.unmapped", WordType.of(OidcSettings.Unmapped.class), "refuse");
    static final Setting<String> CLIENT_ID = new Setting<>("oidc.client_id", ValueTypes.label(500), "");
    static final Setting<Optional<Path>> CLIENT_SECRET_FILE =
            new Setting<>("oidc.client_secret_file", ValueTypes.file(), "");
    static final Setting<String> SCOPES = new Setting<>("oidc.scopes", WebTypes.scopes(), "openid profile");
    static final Setting<String> NAME = new Setting<>("oidc.name", ValueTypes.label(40), "");
    static final Setting<Optional<Path>> CA = new Setting<>("oidc.ca", ValueTypes.file(), "");

    static final List<Setting<?>> ALL = List.of(
            ISSUER,
            AUDIENCE,
            CLIENTS,
            SUBJECT_CLAIM,
            NAME_CLAIM,
            GROUPS_CLAIM,
            UNMAPPED,
            CLIENT_ID,
            CLIENT_SECRET_FILE,
            SCOPES,
            NAME,
            CA);

    private OidcKeys() {}
}
