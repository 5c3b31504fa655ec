package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frame.WireWriter;
import io.sallyport.proxy.auth.MembershipQuery;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The question of our own which roles the login role is a member of, and its answer. It goes as named messages of the
 * extended protocol: a simple Query would destroy the client's unnamed statement (postgres.c, exec_simple_query).
 */
final class RoleQuestion {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Set<String> roles = new HashSet<>();
    private @Nullable String failure;
    private boolean over;

    /** The slots of its messages, in their order; the last one is that of the Sync. */
    List<Slot> slots() {
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

    static ByteBuf messages(ByteBufAllocator allocator) {
        byte[] unguessable = new byte[12];
        RANDOM.nextBytes(unguessable);
        String name = "sallyport_roles_" + HexFormat.of().formatHex(unguessable);
        ByteBuf out = allocator.buffer(1_024);
        new WireWriter(out, 'P')
                .cstring(name)
                .cstring(MembershipQuery.SQL)
                .int16(0)
                .end();
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

    void row(@Nullable WireReader body) {
        if (body == null || body.unsignedInt16() != 1) {
            failed("an answer of another form");
            return;
        }
        try {
            byte[] hex = body.bytes(body.int32());
            roles.add(MembershipQuery.name(new String(hex, StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException | ProtocolViolation unexpected) {
            failed("an answer of another form");
        }
    }

    void failed(String why) {
        failure = failure == null ? why : failure;
    }

    /** Its ReadyForQuery came. */
    void ended() {
        over = true;
        if (roles.isEmpty()) {
            failed("no role of that login");
        }
    }

    boolean over() {
        return over;
    }

    /** Null where it failed, or is not over. */
    @Nullable
    Set<String> roles() {
        return over && failure == null ? Set.copyOf(roles) : null;
    }

    @Nullable
    String failure() {
        return failure;
    }
}
