package io.sallyport.proxy.it.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One message of the server: its tag and its body, or the end of the connection. */
public final class ServerMessage {
    /** Not a tag of the protocol: the peer closed or reset the connection. */
    public static final char END = '$';

    private final char type;
    private final byte[] body;

    ServerMessage(char type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    public char type() {
        return type;
    }

    public byte[] body() {
        return body.clone();
    }

    public int size() {
        return body.length;
    }

    public BodyReader read() {
        return new BodyReader(body);
    }

    public boolean isEnd() {
        return type == END;
    }

    /** Fields of an ErrorResponse or NoticeResponse by their one-letter code, in the code's order. */
    public Map<Character, String> fields() {
        if (type != 'E' && type != 'N') {
            throw new AssertionError("has no fields: " + this);
        }
        Map<Character, String> fields = new TreeMap<>();
        BodyReader reader = read();
        for (int code = reader.int8(); code != 0; code = reader.int8()) {
            fields.put((char) code, reader.string());
        }
        return fields;
    }

    public String field(char code) {
        return fields().getOrDefault(code, "");
    }

    public String sqlState() {
        return field('C');
    }

    /** The tag of a CommandComplete, such as {@code DELETE 3}. */
    public String commandTag() {
        return read().string();
    }

    /** The status of a ReadyForQuery: I, T or E. */
    public char status() {
        return (char) body[0];
    }

    @Override
    public String toString() {
        return type + "[" + new String(body, StandardCharsets.ISO_8859_1).replace('\0', '|') + "]";
    }
}
