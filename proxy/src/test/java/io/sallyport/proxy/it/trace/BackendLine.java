package io.sallyport.proxy.it.trace;

import io.sallyport.proxy.it.wire.BodyReader;
import io.sallyport.proxy.it.wire.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.zip.CRC32;

/** Writes a server's message as a B line; process ids, keys, OIDs of tables and source positions are left out. */
final class BackendLine {
    /** Longer descriptions, rows and data are replaced by their length and checksum. */
    private static final int LONGEST = 400;

    private static final String FIELDS = "SVCMDHPpqWstcdn";

    private BackendLine() {}

    static String of(ServerMessage message) {
        String line = text(message);
        if (line.length() <= LONGEST || "TDd".indexOf(message.type()) < 0) {
            return line;
        }
        CRC32 checksum = new CRC32();
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
        return line.substring(0, line.indexOf(' ')) + " of "
                + line.length() + " characters, crc32 "
                + Long.toHexString(checksum.getValue());
    }

    private static String text(ServerMessage message) {
        BodyReader body = message.read();
        return switch (message.type()) {
            case 'R' -> "Authentication " + body.int32();
            case 'K' -> {
                body.int32();
                yield "BackendKeyData of " + body.remaining() + " bytes";
            }
            case 'S' -> "ParameterStatus " + Words.quote(body.string()) + " " + Words.quote(body.string());
            case 'Z' -> "ReadyForQuery " + message.status();
            case 'T' -> rowDescription(body);
            case 'D' -> dataRow(body);
            case 'C' -> "CommandComplete " + Words.quote(body.string());
            case 'E' -> "ErrorResponse" + fields(message);
            case 'N' -> "NoticeResponse" + fields(message);
            case 'A' -> {
                body.int32();
                yield "NotificationResponse " + Words.quote(body.string()) + " " + Words.quote(body.string());
            }
            case '1' -> "ParseComplete";
            case '2' -> "BindComplete";
            case '3' -> "CloseComplete";
            case 'n' -> "NoData";
            case 's' -> "PortalSuspended";
            case 'I' -> "EmptyQueryResponse";
            case 't' -> parameterDescription(body);
            case 'G' -> "CopyInResponse" + copyFormats(body);
            case 'H' -> "CopyOutResponse" + copyFormats(body);
            case 'W' -> "CopyBothResponse" + copyFormats(body);
            case 'd' -> "CopyData " + Words.quote(body.rest());
            case 'c' -> "CopyDone";
            case 'V' -> "FunctionCallResponse " + value(body);
            case 'v' -> negotiation(body);
            case ServerMessage.END -> "End";
            default -> "Unknown " + message;
        };
    }

    /** Name and type of each column, with /b where the format is binary. */
    private static String rowDescription(BodyReader body) {
        StringJoiner columns = new StringJoiner(" ").add("RowDescription");
        for (int left = body.int16(); left > 0; left--) {
            String name = body.string();
            body.take(6);
            int type = body.int32();
            body.take(6);
            columns.add(Words.quote(name) + ":" + type + (body.int16() == 1 ? "/b" : ""));
        }
        return columns.toString();
    }

    private static String dataRow(BodyReader body) {
        StringJoiner values = new StringJoiner(" ").add("DataRow");
        for (int left = body.int16(); left > 0; left--) {
            values.add(value(body));
        }
        return values.toString();
    }

    private static String value(BodyReader body) {
        int length = body.int32();
        return length < 0 ? "NULL" : Words.quote(body.take(length));
    }

    private static String parameterDescription(BodyReader body) {
        StringJoiner types = new StringJoiner(" ").add("ParameterDescription");
        for (int left = body.int16(); left > 0; left--) {
            types.add(Integer.toString(body.int32()));
        }
        return types.toString();
    }

    private static String copyFormats(BodyReader body) {
        StringBuilder formats = new StringBuilder(body.int8() == 0 ? " text" : " binary");
        for (int left = body.int16(); left > 0; left--) {
            formats.append(' ').append(body.int16());
        }
        return formats.toString();
    }

    /** In the server's order; file, line and routine (F, L, R) differ between its builds. */
    private static String fields(ServerMessage message) {
        StringBuilder line = new StringBuilder();
        Map<Character, String> fields = message.fields();
        for (int i = 0; i < FIELDS.length(); i++) {
            char code = FIELDS.charAt(i);
            String value = fields.get(code);
            if (value != null) {
                line.append(' ').append(code).append(' ').append(Words.quote(value));
            }
        }
        return line.toString();
    }

    private static String negotiation(BodyReader body) {
        int version = body.int32();
        StringBuilder line =
                new StringBuilder("NegotiateProtocolVersion " + (version >>> 16) + "." + (version & 0xffff));
        for (int left = body.int32(); left > 0; left--) {
            line.append(' ').append(Words.quote(body.string()));
        }
        return line.toString();
    }
}
