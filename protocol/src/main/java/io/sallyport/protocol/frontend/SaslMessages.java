package io.sallyport.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frame.WireWriter;

/** The client's messages of a login; which one a {@code p} is, only the server's question tells. */
public final class SaslMessages {
    private SaslMessages() {}

    /** SASLInitialResponse: the mechanism, then the first data; a length of -1 says that there are none. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Initial(String mechanism, byte[] data) {
        @Override
        public String toString() {
            return "SASLInitialResponse";
        }
    }

    public static Initial initial(WireReader body) {
        String mechanism = body.cstring();
        int length = body.int32();
        byte[] data = body.bytes(length == -1 ? 0 : length);
        body.end();
        return new Initial(mechanism, data);
    }

    public static ByteBuf initial(ByteBuf out, String mechanism, byte[] data) {
        return new WireWriter(out, 'p')
                .cstring(mechanism)
                .int32(data.length)
                .bytes(data)
                .end();
    }

    public static ByteBuf response(ByteBuf out, byte[] data) {
        return new WireWriter(out, 'p').bytes(data).end();
    }

    /** PasswordMessage, cleartext or hashed. */
    public static ByteBuf password(ByteBuf out, byte[] password) {
        return new WireWriter(out, 'p').bytes(password).int8(0).end();
    }
}
