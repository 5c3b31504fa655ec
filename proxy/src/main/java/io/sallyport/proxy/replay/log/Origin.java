package io.sallyport.proxy.replay.log;

/**
 * Who wrote a record's statement, as far as the log says.
 *
 * @param session the session id, or the process id where the log has no other; empty where it has none
 * @param client an IP address or a host name, without a port; empty for a Unix socket
 */
public record Origin(String session, String user, String database, String application, String client) {
    public static final Origin UNKNOWN = new Origin("", "", "", "", "");

    /** What log_line_prefix prints for a name that the server does not have (elog.c). */
    private static final String ABSENT = "[unknown]";

    private static final String UNIX_SOCKET = "[local]";

    public Origin {
        user = known(user);
        database = known(database);
        application = known(application);
        client = client.equals(UNIX_SOCKET) ? "" : known(client);
    }

    private static String known(String text) {
        return text.equals(ABSENT) ? "" : text;
    }
}
