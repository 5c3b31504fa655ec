package io.sallyport.protocol.frontend;

import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.WireReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of one function by its number, as libpq's large-object interface makes it (protocol message F).
 *
 * @param function the OID, unsigned
 * @param arguments as sent, null for NULL
 */
public record FunctionCall(long function, List<byte @Nullable []> arguments) {
    /** @throws io.sallyport.protocol.ProtocolViolation when the message is not laid out as one */
    public static FunctionCall of(Frame frame) {
        WireReader body = frame.body();
        long function = Integer.toUnsignedLong(body.int32());
        body.skip(2 * body.unsignedInt16());
        int count = body.unsignedInt16();
        List<byte @Nullable []> arguments = new ArrayList<>(Math.min(count, 100));
        for (int i = 0; i < count; i++) {
            int length = body.int32();
            arguments.add(length == -1 ? null : body.bytes(length));
        }
        body.skip(2);
        body.end();
        return new FunctionCall(function, arguments);
    }
}
