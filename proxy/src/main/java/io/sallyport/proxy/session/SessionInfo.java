package io.sallyport.proxy.session;

import io.sallyport.proxy.config.ProxyConfig;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who a session belongs to.
 *
 * @param code names the session in logs and reports
 * @param user the login role; proved once the server has said AuthenticationOk
 * @param client the client's address
 */
public record SessionInfo(String code, String user, String database, String client) {
    /** Twelve hexadecimal digits: not secret, only unlike those of other sessions. */
    static String newCode() {
        return String.format(Locale.ROOT, "%012x", ThreadLocalRandom.current().nextLong() & 0xffff_ffff_ffffL);
    }

    /** Without its port, as rules have it. */
    String address() {
        return address(client);
    }

    static String address(String client) {
        return client.substring(0, client.lastIndexOf(':'));
    }

    /** What the server is to see behind the application's name; empty for nothing. */
    String serverSuffix(ProxyConfig config) {
        return config.connections().addressSuffix() ? " [" + client + " " + code + "]" : "";
    }
}
