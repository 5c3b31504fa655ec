package io.sallyport.proxy.auth;

/** Who counts as one caller. */
public final class Networks {
    private Networks() {}

    /**
     * The address; of IPv6 the first 64 bits, for a host has all of the others to call from.
     *
     * @param client `address:port`
     */
    public static String of(String client) {
        int port = client.lastIndexOf(':');
        String address = port < 0 ? client : client.substring(0, port);
        String[] groups = address.split(":", -1);
        return groups.length < 8 ? address : String.join(":", groups[0], groups[1], groups[2], groups[3]) + "::/64";
    }
}
