package io.sallyport.proxy.config;

/** Addresses that no network sees. */
public final class Loopback {
    private Loopback() {}

    /** @param address `host` or `host:port`, numeric */
    public static boolean is(String address) {
        return address.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+(:[0-9]+)?")
                || address.matches("\\[?(::1|0:0:0:0:0:0:0:1(%[^\\]:]*)?)]?(:[0-9]+)?")
                || address.equals("localhost");
    }
}
