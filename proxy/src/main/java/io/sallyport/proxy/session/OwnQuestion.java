package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frame.WireWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question of our own to the client's server, and its answer. It goes as named messages of the extended protocol: a
 * simple Query would destroy the client's unnamed statement (postgres.c, exec_simple_query).
 */
abstract class OwnQuestion implements OwnAnswer {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String sql;
    private final int columns;
    private @Nullable String failure;
    private boolean over;

    OwnQuestion(String sql, int columns) {
        this.sql = sql;
        this.columns = columns;
    }

    /** The slots of its messages, in their order; the last one is that of the Sync. */
    final List<Slot> slots() {
        List<Slot> slots = List.of(
                new Slot(Slot.Kind.PARSE),
                new Slot(Slot.Kind.BIND),
                new Slot(Slot.Kind.EXECUTE),
                new Slot(Slot.Kind.CLOSE),
                new Slot(Slot.Kind.CLOSE),
                new Slot(Slot.Kind.SYNC));
        for (Slot slot : slots) {
            slot.own = true;
            slot.question = this;
        }
        return slots;
    }

    final ByteBuf messages(ByteBufAllocator allocator) {
        byte[] unguessable = new byte[12];
        RANDOM.nextBytes(unguessable);
        String name = "sallyport_asks_" + HexFormat.of().formatHex(unguessable);
        ByteBuf out = allocator.buffer(1_024);
        new WireWriter(out, 'P').cstring(name).cstring(sql).int16(0).end();
        new WireWriter(out, 'B')
                .cstring(name)
                .cstring(name)
                .int16(0)
                .int16(0)
                .int16(0)
                .end();
        new WireWriter(out, 'E').cstring(name).int32(0).end();
        new WireWriter(out, 'C').int8('P').cstring(name).end();
        new WireWriter(out, 'C').int8('S').cstring(name).end();
        new WireWriter(out, 'S').end();
        return out;
    }

    @Override
    public final void row(@Nullable WireReader body) {
        if (body == null || body.unsignedInt16() != columns) {
            failed("an answer of another form");
            return;
        }
        try {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                values.add(new String(body.bytes(body.int32()), StandardCharsets.UTF_8));
            }
            row(values);
        } catch (IllegalArgumentException | ProtocolViolation unexpected) {
            failed("an answer of another form");
        }
    }

    /** @param values as text; none is NULL */
    abstract void row(List<String> values);

    /** Why what came is no answer; null where it is one. */
    abstract @Nullable String incomplete();

    @Override
    public final void failed(ErrorResponse error, byte[] body) {
        failed(error.sqlState() + " " + error.message());
    }

    final void failed(String why) {
        failure = failure == null ? why : failure;
    }

    @Override
    public final void ended() {
        over = true;
        String why = incomplete();
        if (why != null) {
            failed(why);
        }
    }

    final boolean over() {
        return over;
    }

    /** Whether it was answered, whole. */
    final boolean answered() {
        return over && failure == null;
    }

    @Nullable
    final String failure() {
        return failure;
    }
}
