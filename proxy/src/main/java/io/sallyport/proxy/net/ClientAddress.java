package io.sallyport.proxy.net;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;

/** Where a client is: its socket's other end, or what a trusted load balancer said. */
final class ClientAddress {
    private static final AttributeKey<InetSocketAddress> ANNOUNCED =
            AttributeKey.valueOf(ClientAddress.class, "announced");

    private ClientAddress() {}

    static void announced(Channel client, InetSocketAddress address) {
        client.attr(ANNOUNCED).set(address);
    }

    static InetSocketAddress of(Channel client) {
        InetSocketAddress announced = client.attr(ANNOUNCED).get();
        return announced == null ? (InetSocketAddress) client.remoteAddress() : announced;
    }
}
