package io.sallyport.proxy.config;

/** How both legs of a session, and the admin server, are protected. */
public record TlsSettings(ClientTlsSettings client, UpstreamTlsSettings upstream, AdminTlsSettings admin) {
    public static final TlsSettings DEFAULTS =
            new TlsSettings(ClientTlsSettings.OFF, UpstreamTlsSettings.DISABLED, AdminTlsSettings.OFF);
}
