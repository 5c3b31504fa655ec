package io.sallyport.proxy.config;

import java.net.InetAddress;
import java.util.List;

/**
 * Whose connections begin with a PROXY protocol header, version 2, that announces the client behind them.
 *
 * @param from their addresses; empty where the header is not spoken
 */
public record ProxyProtocol(List<AddressRange> from) {
    public static final ProxyProtocol OFF = new ProxyProtocol(List.of());

    public ProxyProtocol {
        from = List.copyOf(from);
    }

    public boolean announces(InetAddress peer) {
        return from.stream().anyMatch(range -> range.contains(peer));
    }
}
