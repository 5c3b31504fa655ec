package io.sallyport.proxy.config;

/**
 * How connections are taken and passed on.
 *
 * @param perAddress sessions of one client address at one time; zero is no limit
 * @param perRole sessions of one login role at one time; zero is no limit
 * @param addressSuffix whether the server sees the client's address in {@code application_name}
 * @param banner what people are told of the environment when they connect
 */
public record ConnectionSettings(
        int perAddress,
        int perRole,
        KeepAlive keepAlive,
        ProxyProtocol proxyProtocol,
        boolean addressSuffix,
        BannerStyle banner) {
    public static final ConnectionSettings DEFAULTS =
            new ConnectionSettings(0, 0, KeepAlive.DEFAULTS, ProxyProtocol.OFF, false, BannerStyle.ON);
}
