package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.frame.WireWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of our own that go to the server in place of a client's, so that the server itself supplies the order of
 * replies, the transaction status and the skipping up to Sync.
 */
public final class Substitutes {
    static final Substitutes NONE = new Substitutes();

    /** Raw parse error: fails before anything happens, in any transaction state. */
    private static final String UNPARSABLE = "SALLYPORT REFUSED";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Map<Integer, ByteBuf> byIndex = Map.of();

    void put(int index, ByteBuf message) {
        if (byIndex.isEmpty()) {
            byIndex = new HashMap<>();
        }
        byIndex.put(index, message);
    }

    public boolean isEmpty() {
        return byIndex.isEmpty();
    }

    /** What goes in place of the batch's message at this index, or null; ownership passes to the caller. */
    public @Nullable ByteBuf take(int index) {
        return byIndex.isEmpty() ? null : byIndex.remove(index);
    }

    static ByteBuf failingQuery(ByteBufAllocator allocator) {
        return query(allocator, UNPARSABLE);
    }

    /** A select of nothing: in a failed transaction the server refuses it in its own words. */
    static ByteBuf emptyStatement(ByteBufAllocator allocator) {
        return query(allocator, "SELECT");
    }

    /** Leaves a named statement as it was and destroys the unnamed one, as any failing Parse does. */
    static ByteBuf failingParse(ByteBufAllocator allocator, String name) {
        return parse(allocator, name, UNPARSABLE);
    }

    /** Execute of a portal that cannot exist. */
    static ByteBuf failingExecute(ByteBufAllocator allocator) {
        byte[] unguessable = new byte[12];
        RANDOM.nextBytes(unguessable);
        return new WireWriter(allocator.buffer(64), 'E')
                .cstring("sallyport_refused_" + HexFormat.of().formatHex(unguessable))
                .int32(0)
                .end();
    }

    /** FunctionCall of the function with OID 0, which cannot exist. */
    static ByteBuf failingFunctionCall(ByteBufAllocator allocator) {
        return new WireWriter(allocator.buffer(32), 'F')
                .int32(0)
                .int16(0)
                .int16(0)
                .int16(0)
                .end();
    }

    static ByteBuf sync(ByteBufAllocator allocator) {
        return new WireWriter(allocator.buffer(8), 'S').end();
    }

    static ByteBuf flush(ByteBufAllocator allocator) {
        return new WireWriter(allocator.buffer(8), 'H').end();
    }

    /** What a Query of one statement does, without its Sync (protocol-flow, Extended Query). */
    static ByteBuf openQuery(ByteBufAllocator allocator, byte[] sql) {
        ByteBuf out = allocator.buffer(64 + sql.length);
        new WireWriter(out, 'P').cstring("").bytes(sql).int8(0).int16(0).end();
        new WireWriter(out, 'B')
                .cstring("")
                .cstring("")
                .int16(0)
                .int16(0)
                .int16(0)
                .end();
        new WireWriter(out, 'D').int8('P').cstring("").end();
        new WireWriter(out, 'E').cstring("").int32(0).end();
        new WireWriter(out, 'H').end();
        return out;
    }

    static ByteBuf query(ByteBufAllocator allocator, String sql) {
        return new WireWriter(allocator.buffer(64 + sql.length()), 'Q')
                .cstring(sql)
                .end();
    }

    /** @param name as bytes in ISO 8859-1 */
    static ByteBuf parse(ByteBufAllocator allocator, String name, String sql) {
        return new WireWriter(allocator.buffer(64 + sql.length()), 'P')
                .bytes(name.getBytes(StandardCharsets.ISO_8859_1))
                .int8(0)
                .cstring(sql)
                .int16(0)
                .end();
    }

    /** No rows, with these columns of type text: the rows are put in on the way back. */
    static String emptySelect(List<String> columns) {
        return "SELECT "
                + String.join(
                        ", ",
                        columns.stream()
                                .map(column -> "NULL::pg_catalog.text AS \"" + column + "\"")
                                .toList())
                + " LIMIT 0";
    }
}
