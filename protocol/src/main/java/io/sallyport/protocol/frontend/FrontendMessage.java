package io.sallyport.protocol.frontend;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.WireReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client messages that policy reads, decoded on demand. Every reader checks the whole body, so that what is judged
 * is what the server will see, or a {@link ProtocolViolation} says why it cannot be.
 */
public sealed interface FrontendMessage {
    /** A name of a prepared statement or portal is unique in its first 63 bytes (dynahash.c, string keys). */
    int NAME_BYTES = 63;

    record Query(byte[] text) implements FrontendMessage {
        public static Query of(Frame frame) {
            WireReader body = frame.body();
            byte[] text = body.cstringBytes();
            body.end();
            return new Query(text);
        }
    }

    /** @param types the OIDs of declared parameter types, four bytes each; 0 leaves one to the server */
    record Parse(String name, byte[] text, byte[] types) implements FrontendMessage {
        public static Parse of(Frame frame) {
            WireReader body = frame.body();
            String name = readName(body);
            byte[] text = body.cstringBytes();
            byte[] types = body.bytes(4 * body.unsignedInt16());
            body.end();
            return new Parse(name, text, types);
        }
    }

    /**
     * @param parameters the values as received, null for SQL NULL
     * @param binary for each parameter whether it is in the binary format
     */
    record Bind(String portal, String statement, List<byte @Nullable []> parameters, List<Boolean> binary)
            implements FrontendMessage {
        public static Bind of(Frame frame) {
            WireReader body = frame.body();
            String portal = readName(body);
            String statement = readName(body);
            int formatCount = body.unsignedInt16();
            if (formatCount * 2 > body.remaining()) {
                throw new ProtocolViolation("insufficient data left in message: Bind names " + formatCount
                        + " parameter formats, " + body.remaining() + " bytes left");
            }
            int[] formats = new int[formatCount];
            for (int i = 0; i < formatCount; i++) {
                formats[i] = body.unsignedInt16();
            }
            int count = body.unsignedInt16();
            if (count * 4 > body.remaining()) {
                throw new ProtocolViolation("insufficient data left in message: Bind names " + count + " parameters, "
                        + body.remaining() + " bytes left");
            }
            List<byte @Nullable []> parameters = new ArrayList<>(count);
            List<Boolean> binary = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int length = body.int32();
                parameters.add(length == -1 ? null : body.bytes(length));
                int format = formatCount == 0 ? 0 : formatCount == 1 ? formats[0] : i < formatCount ? formats[i] : 0;
                binary.add(format == 1);
            }
            body.skip(2 * body.unsignedInt16());
            body.end();
            return new Bind(portal, statement, parameters, binary);
        }

        /** The parameters with their formats, as received: all that stands between the names and the formats of the result. */
        public static byte[] valuesOf(Frame frame) {
            WireReader body = frame.body();
            readName(body);
            readName(body);
            WireReader values = frame.body();
            values.skip(values.remaining() - body.remaining());
            int before = body.remaining();
            skipValues(body);
            return values.bytes(before - body.remaining());
        }

        private static void skipValues(WireReader body) {
            body.skip(2 * body.unsignedInt16());
            int count = body.unsignedInt16();
            for (int i = 0; i < count; i++) {
                int length = body.int32();
                if (length != -1) {
                    body.skip(length);
                }
            }
        }

        /** Checks the layout and reads the names alone: what a Bind that is not shown to anybody needs. */
        public static BindNames namesOf(Frame frame) {
            WireReader body = frame.body();
            String portal = readName(body);
            String statement = readName(body);
            skipValues(body);
            body.skip(2 * body.unsignedInt16());
            body.end();
            return new BindNames(portal, statement);
        }

        /** Of one whose layout was checked. */
        public static String portalOf(Frame frame) {
            return readName(frame.body());
        }
    }

    record BindNames(String portal, String statement) {}

    record Execute(String portal) implements FrontendMessage {
        public static Execute of(Frame frame) {
            WireReader body = frame.body();
            String portal = readName(body);
            body.int32();
            body.end();
            return new Execute(portal);
        }

        /** Of one whose layout was checked. */
        public static String portalOf(Frame frame) {
            return readName(frame.body());
        }
    }

    /** @param statement whether a statement is meant, not a portal */
    record Close(boolean statement, String name) implements FrontendMessage {
        public static Close of(Frame frame) {
            WireReader body = frame.body();
            byte kind = body.int8();
            String name = readName(body);
            body.end();
            return new Close(kind == 'S', name);
        }
    }

    private static String readName(WireReader body) {
        String name = body.cstring();
        return name.length() <= NAME_BYTES ? name : name.substring(0, NAME_BYTES);
    }
}
