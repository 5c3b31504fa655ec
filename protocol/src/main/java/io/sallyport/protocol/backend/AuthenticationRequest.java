package io.sallyport.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frame.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server asks before it lets a client in (manual, "Message Formats").
 *
 * <pre>
 *   R | length | code (Int32) | 5: salt of 4 bytes; 10: names, each with its NUL, then a NUL; 11, 12: SASL data
 * </pre>
 */
public final class AuthenticationRequest {
    public static final int OK = 0;
    public static final int CLEARTEXT = 3;
    public static final int MD5 = 5;
    public static final int SASL = 10;
    public static final int SASL_CONTINUE = 11;
    public static final int SASL_FINAL = 12;

    private AuthenticationRequest() {}

    public static ByteBuf sasl(ByteBuf out, List<String> mechanisms) {
        WireWriter writer = new WireWriter(out, 'R').int32(SASL);
        mechanisms.forEach(writer::cstring);
        return writer.int8(0).end();
    }

    /** @param code {@link #SASL_CONTINUE} or {@link #SASL_FINAL} */
    public static ByteBuf sasl(ByteBuf out, int code, byte[] data) {
        return new WireWriter(out, 'R').int32(code).bytes(data).end();
    }

    /** The mechanisms that an AuthenticationSASL offers; the reader stands behind the code. */
    public static List<String> mechanisms(WireReader body) {
        List<String> names = new ArrayList<>();
        for (String name = body.cstring(); !name.isEmpty(); name = body.cstring()) {
            names.add(name);
        }
        return names;
    }
}
