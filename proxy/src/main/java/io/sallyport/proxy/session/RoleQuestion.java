package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frame.WireWriter;
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
    /**
     * Every name is qualified, operators too: search_path is the client's. Who logged in is asked of
     * pg_stat_get_activity, which SET SESSION AUTHORIZATION does not change; pg_has_role would say yes to a superuser
     * for every role. As hex of UTF-8 the names read alike under any client_encoding and bytea_output.
     */
    static final String SQL = """
            WITH RECURSIVE held(oid) AS (
              SELECT usesysid FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid())
              UNION
              SELECT m.roleid FROM pg_catalog.pg_auth_members AS m JOIN held ON m.member OPERATOR(pg_catalog.=) held.oid)
            SELECT pg_catalog.encode(pg_catalog.convert_to(r.rolname::pg_catalog.text, 'UTF8'), 'hex')
            FROM held JOIN pg_catalog.pg_roles AS r ON r.oid OPERATOR(pg_catalog.=) held.oid""";

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
        new WireWriter(out, 'P').cstring(name).cstring(SQL).int16(0).end();
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
            byte[] name = HexFormat.of().parseHex(new String(hex, StandardCharsets.US_ASCII));
            roles.add(new String(name, StandardCharsets.UTF_8));
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
