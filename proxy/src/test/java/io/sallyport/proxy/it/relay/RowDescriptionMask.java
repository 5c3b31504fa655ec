package io.sallyport.proxy.it.relay;

import io.sallyport.proxy.it.wire.BodyReader;
import io.sallyport.proxy.it.wire.ServerMessage;
import java.util.HexFormat;
import java.util.StringJoiner;

/** A RowDescription without the OIDs of the tables its columns come from. */
public final class RowDescriptionMask {
    private RowDescriptionMask() {}

    public static String mask(ServerMessage message) {
        BodyReader body = message.read();
        StringJoiner columns = new StringJoiner(" ");
        for (int left = body.int16(); left > 0; left--) {
            columns.add(body.string());
            body.int32();
            columns.add(HexFormat.of().formatHex(body.take(14)));
        }
        return "T[" + columns + "]" + body.remaining();
    }
}
