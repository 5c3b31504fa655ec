package io.sallyport.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frame.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The few server messages that Sallyport makes, and reads, besides errors and notices. */
public final class Replies {
    private Replies() {}

    /** A row of values of type text, whose text and binary formats are the same bytes; null is SQL NULL. */
    public static ByteBuf dataRow(ByteBuf out, List<@Nullable String> values) {
        WireWriter writer = new WireWriter(out, 'D').int16(values.size());
        for (String value : values) {
            if (value == null) {
                writer.int32(-1);
            } else {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                writer.int32(bytes.length).bytes(bytes);
            }
        }
        return writer.end();
    }

    public static ByteBuf commandComplete(ByteBuf out, String commandTag) {
        return new WireWriter(out, 'C').cstring(commandTag).end();
    }

    public static ByteBuf readyForQuery(ByteBuf out, TransactionStatus status) {
        return new WireWriter(out, 'Z').int8(status.code()).end();
    }

    /** CopyInResponse in text format with no columns: makes a client send, or give up, its COPY data. */
    public static ByteBuf copyInResponse(ByteBuf out) {
        return new WireWriter(out, 'G').int8(0).int16(0).end();
    }

    /** The command tag of a CommandComplete, such as {@code DELETE 3}. */
    public static String commandTag(WireReader body) {
        return new String(body.cstringBytes(), StandardCharsets.UTF_8);
    }
}
