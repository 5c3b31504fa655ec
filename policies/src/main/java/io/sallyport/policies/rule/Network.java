package io.sallyport.policies.rule;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An IPv4 or IPv6 network in CIDR form, or one address. */
public final class Network {
    /** Plain addresses and prefix lengths: no octal, no wildcards, no {@code 10.1}, no empty text, no host names. */
    private static final IPAddressStringParameters PLAIN = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .allow_inet_aton(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allowLeadingZeros(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowBinary(false)
            .allowZone(false)
            .getParentBuilder()
            .toParams();

    private final IPAddress addresses;
    private final String source;

    private Network(IPAddress addresses, String source) {
        this.addresses = addresses;
        this.source = source;
    }

    /** Null when the text is neither an address nor a network. */
    public static @Nullable Network parse(String text) {
        IPAddress address = address(text);
        return address == null ? null : new Network(address.toPrefixBlock(), text);
    }

    static boolean any(List<Network> networks, String clientAddress) {
        IPAddress client = clientAddress.isEmpty() ? null : address(withoutZone(clientAddress));
        return client != null && networks.stream().anyMatch(network -> network.addresses.contains(client));
    }

    private static @Nullable IPAddress address(String text) {
        try {
            IPAddress address = new IPAddressString(text, PLAIN).toAddress();
            // ::ffff:10.0.0.1 is how a socket for both families shows 10.0.0.1.
            return address.isIPv6() && address.toIPv6().isIPv4Mapped() && !address.isPrefixed()
                    ? address.toIPv6().getEmbeddedIPv4Address()
                    : address;
        } catch (AddressStringException e) {
            return null;
        }
    }

    /** The interface behind a link-local address, as in {@code fe80::1%eth0}. */
    private static String withoutZone(String text) {
        int percent = text.indexOf('%');
        return percent < 0 ? text : text.substring(0, percent);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Network network && addresses.equals(network.addresses);
    }

    @Override
    public int hashCode() {
        return addresses.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }
}
