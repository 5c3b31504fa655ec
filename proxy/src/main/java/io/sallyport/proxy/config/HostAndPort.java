package io.sallyport.proxy.config;

/** A host name or address literal (without brackets) and a TCP port; port 0 lets the system choose one to listen on. */
public record HostAndPort(String host, int port) {
    /** What `:6432` listens on. */
    public static final String ANY_ADDRESS = "0.0.0.0";

    public HostAndPort {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host is empty");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /** Reads `host:port`, `host`, `[::1]:5432`, `[::1]` or `:6432` (every address of this machine). */
    public static HostAndPort parse(String text, int defaultPort) {
        if (text.startsWith("[")) {
            return parseBracketed(text, defaultPort);
        }
        int colon = text.indexOf(':');
        if (colon != text.lastIndexOf(':')) {
            throw new IllegalArgumentException("an IPv6 address needs brackets, as in [::1]:" + defaultPort);
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? defaultPort : port(text.substring(colon + 1));
        if (host.isEmpty() && colon == 0) {
            return new HostAndPort(ANY_ADDRESS, port);
        }
        return new HostAndPort(checkedHost(host, colon < 0), port);
    }

    private static HostAndPort parseBracketed(String text, int defaultPort) {
        int close = text.indexOf(']');
        if (close < 0) {
            throw new IllegalArgumentException("the closing ] is missing");
        }
        String host = text.substring(1, close);
        if (host.indexOf(':') < 0 || !host.matches("[0-9A-Fa-f:.]+(%[0-9A-Za-z_.-]+)?")) {
            throw new IllegalArgumentException("\"" + host + "\" is not an IPv6 address");
        }
        String rest = text.substring(close + 1);
        if (rest.isEmpty()) {
            return new HostAndPort(host, defaultPort);
        }
        if (!rest.startsWith(":")) {
            throw new IllegalArgumentException("\"" + rest + "\" follows the ], expected :port");
        }
        return new HostAndPort(host, port(rest.substring(1)));
    }

    /** A bare number is far more often a forgotten colon than a host called 6432. */
    private static String checkedHost(String host, boolean alone) {
        if (alone && host.matches("[0-9]+")) {
            throw new IllegalArgumentException("a port alone is written with its colon, as in :" + host);
        }
        if (!host.matches("[0-9A-Za-z_.-]+")) {
            throw new IllegalArgumentException("\"" + host + "\" is not a host name");
        }
        return host;
    }

    private static int port(String digits) {
        if (!digits.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("port \"" + digits + "\" is not a number between 0 and 65535");
        }
        return Integer.parseInt(digits);
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
