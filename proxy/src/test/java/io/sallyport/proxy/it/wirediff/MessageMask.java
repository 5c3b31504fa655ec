package io.sallyport.proxy.it.wirediff;

import io.sallyport.proxy.it.relay.RowDescriptionMask;
import io.sallyport.proxy.it.wire.ServerMessage;
import java.util.List;
import java.util.regex.Pattern;

/** A message as text, without what no two sessions share: process ids, keys, salts, nonces, OIDs of tables. */
final class MessageMask {
    private static final int PASSWORD_MD5 = 5;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final List<Pattern> patterns;
    private final boolean errorsByCode;

    MessageMask(WireScript script) {
        patterns = script.masks().stream().map(Pattern::compile).toList();
        errorsByCode = script.errorsByCode();
    }

    String text(ServerMessage message) {
        String text = plain(message);
        for (Pattern pattern : patterns) {
            text = pattern.matcher(text).replaceAll("~");
        }
        return text;
    }

    private String plain(ServerMessage message) {
        return switch (message.type()) {
            case 'K' -> "K of " + message.size() + " bytes";
            case 'A' -> "A " + message.toString().substring(2 + 4);
            case 'T' -> RowDescriptionMask.mask(message);
            case 'R' -> authentication(message);
            case 'E' -> errorsByCode ? "E " + message.sqlState() : message.toString();
            case ServerMessage.END -> "end";
            default -> message.toString();
        };
    }

    private static String authentication(ServerMessage message) {
        int code = message.read().int32();
        boolean random = code == PASSWORD_MD5 || code == SASL_CONTINUE || code == SASL_FINAL;
        return random ? "R " + code + " of " + message.size() + " bytes" : message.toString();
    }
}
