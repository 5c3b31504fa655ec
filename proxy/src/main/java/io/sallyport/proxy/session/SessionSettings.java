package io.sallyport.proxy.session;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.proxy.batch.ReadingContext;
import java.util.Set;

/** What the server last reported of the session: parameters that matter here, and the transaction status. */
final class SessionSettings {
    /** Client encodings in which a byte below 0x80 can be the second one of a character (mbutils, wchar.c). */
    private static final Set<String> UNSAFE_ENCODINGS =
            Set.of("SJIS", "BIG5", "GBK", "GB18030", "UHC", "JOHAB", "SHIFT_JIS_2004");

    private boolean standardConformingStrings = true;
    private String clientEncoding = "UTF8";
    private boolean unsafeEncodingSeen;
    private String application;
    private TransactionStatus transaction = TransactionStatus.IDLE;

    SessionSettings(String application) {
        this.application = application;
    }

    void parameter(String name, String value) {
        switch (name) {
            case "standard_conforming_strings" -> standardConformingStrings = value.equals("on");
            case "client_encoding" -> {
                clientEncoding = value;
                unsafeEncodingSeen |= UNSAFE_ENCODINGS.contains(value);
            }
            case "application_name" -> application = value;
            default -> {}
        }
    }

    void transaction(TransactionStatus status) {
        transaction = status;
    }

    TransactionStatus transaction() {
        return transaction;
    }

    private LexerSettings lexer() {
        return new LexerSettings(standardConformingStrings, !UNSAFE_ENCODINGS.contains(clientEncoding));
    }

    ReadingContext reading(boolean settled) {
        return new ReadingContext(lexer(), settled, unsafeEncodingSeen);
    }

    String application() {
        return application;
    }

    /** Text of our own in a form that every client encoding can carry. */
    String forClient(String text) {
        return clientEncoding.equals("UTF8") ? text : text.replaceAll("[^\\x00-\\x7f]", "?");
    }
}
