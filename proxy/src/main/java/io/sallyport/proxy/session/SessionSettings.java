package io.sallyport.proxy.session;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.proxy.batch.ReadingContext;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the server last reported of the session: parameters that matter here, and the transaction status. */
final class SessionSettings {
    /** Client encodings in which a byte below 0x80 can be the second one of a character (mbutils, wchar.c). */
    private static final Set<String> UNSAFE_ENCODINGS =
            Set.of("SJIS", "BIG5", "GBK", "GB18030", "UHC", "JOHAB", "SHIFT_JIS_2004");

    /** Reported too, and without a say in what a statement does. */
    private static final Set<String> SAYS_NOTHING = Set.of("application_name", "in_hot_standby");

    private boolean standardConformingStrings = true;
    private String clientEncoding = "UTF8";
    private String serverEncoding = "";
    private boolean inDoubt;
    private String application;
    private final String startedAs;
    private final String suffix;
    private final Map<String, String> reported = new TreeMap<>();
    private TransactionStatus transaction = TransactionStatus.IDLE;

    /** @param suffix what the proxy appended for the server, see {@link StartupPacket} */
    SessionSettings(String application, String suffix) {
        this.application = application;
        this.startedAs = application;
        this.suffix = suffix;
    }

    void parameter(String name, String value) {
        if (!SAYS_NOTHING.contains(name)) {
            reported.put(name, value);
        }
        switch (name) {
            case "standard_conforming_strings" -> standardConformingStrings = value.equals("on");
            case "client_encoding" -> clientEncoding = value;
            case "server_encoding" -> serverEncoding = value;
            case "application_name" ->
                application = !suffix.isEmpty() && value.endsWith(suffix.strip()) ? startedAs : value;
            default -> {}
        }
    }

    void transaction(TransactionStatus status) {
        transaction = status;
    }

    TransactionStatus transaction() {
        return transaction;
    }

    /** What the server reports of the session: time zone, date style, search_path from version 18 on, … */
    Map<String, String> reported() {
        return Map.copyOf(reported);
    }

    LexerSettings lexer() {
        return new LexerSettings(standardConformingStrings, !UNSAFE_ENCODINGS.contains(clientEncoding));
    }

    /** Something was sent that may change them. */
    void doubt() {
        inDoubt = true;
    }

    /** ReadyForQuery with nothing outstanding: what changed was reported before it (postgres.c, ReportChangedGUCOptions). */
    void settled() {
        inDoubt = false;
    }

    /** @param canSettle whether all that is outstanding ends in a ReadyForQuery */
    ReadingContext reading(boolean canSettle) {
        boolean utf8 = clientEncoding.equals("UTF8") && serverEncoding.equals("UTF8") && !inDoubt;
        return new ReadingContext(lexer(), !inDoubt, canSettle, utf8);
    }

    /** Whether the client's letters are UTF-8, as far as is known. */
    boolean isUtf8() {
        return clientEncoding.equals("UTF8") && !inDoubt;
    }

    String application() {
        return application;
    }

    /** Text of our own in a form that every client encoding can carry. */
    String forClient(String text) {
        return clientEncoding.equals("UTF8") ? text : text.replaceAll("[^\\x00-\\x7f]", "?");
    }
}
