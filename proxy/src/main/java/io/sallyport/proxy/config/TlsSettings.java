package io.sallyport.proxy.config;

/** How both legs of a session are protected. */
public record TlsSettings(ClientTlsSettings client, UpstreamTlsSettings upstream) {
    public static final TlsSettings DEFAULTS = new TlsSettings(ClientTlsSettings.OFF, UpstreamTlsSettings.DISABLED);
}
