package io.sallyport.proxy.config;

/**
 * How connections are taken and passed on.
 *
 * @param perAddress sessions of one client address at one time; zero is no limit
 * @param perRole sessions of one login role at one time; zero is no limit
 * @param addressSuffix whether the server sees the client's address in {@code application_name}
 */
public record ConnectionSettings(
        int perAddress, int perRole, KeepAlive keepAlive, ProxyProtocol proxyProtocol, boolean addressSuffix) {
    public static final ConnectionSettings DEFAULTS =
            new ConnectionSettings(0, 0, KeepAlive.DEFAULTS, ProxyProtocol.OFF, false);
}
