package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frame.WireWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statements of our own on the client's connection, in groups that a Sync ends: what fails skips the rest of its group, and nothing behind it.
 * All of it goes at once, as named messages of the extended protocol: a simple Query would destroy the client's unnamed statement
 * (postgres.c, exec_simple_query). Only where the server's last word was ReadyForQuery.
 */
final class OwnScript {
    private static final Logger log = LoggerFactory.getLogger(OwnScript.class);

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final byte[] NOTHING = {};

    /** No parameters, in no format. */
    private static final byte[] NO_VALUES = {0, 0, 0, 0};

    private final String name;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private @Nullable Failure firstError;
    private boolean over;

    /** @param body of the ErrorResponse, as the server sent it */
    record Failure(ErrorResponse error, byte[] body) {}

    /**
     * @param sql null for the end of a group
     * @param prepares the name that it is only prepared under; null where it runs
     */
    private record Step(
            byte @Nullable [] sql,
            byte[] types,
            byte[] values,
            OwnAnswer answer,
            @Nullable String prepares) {}

    OwnScript() {
        this.name = unguessable("sallyport_asks_");
    }

    /** A name that nobody has prepared anything for. */
    static String unguessable(String prefix) {
        byte[] random = new byte[12];
        RANDOM.nextBytes(random);
        return prefix + HexFormat.of().formatHex(random);
    }

    /** Runs what answers without rows, in ASCII. */
    OwnScript run(String sql) {
        return ask(sql.getBytes(StandardCharsets.US_ASCII), NOTHING, null, row -> {});
    }

    OwnScript ask(byte[] sql, Consumer<String> firstColumn) {
        return ask(sql, NOTHING, null, firstColumn);
    }

    /**
     * @param types OIDs of four bytes each
     * @param values parameters with their formats, as a Bind has them; null for none
     * @param firstColumn takes the first column of each row, as UTF-8; nothing comes where the statement failed, or answered in another form
     */
    OwnScript ask(byte[] sql, byte[] types, byte @Nullable [] values, Consumer<String> firstColumn) {
        steps.add(new Step(sql, types, values == null ? NO_VALUES : values, new Answer(firstColumn, false), null));
        return this;
    }

    /**
     * Has the server read a statement first, and find the types of its parameters; it does not run. In a group of its own.
     *
     * @param types those that are known; OIDs of four bytes each, 0 leaves one to the server
     * @param told takes them as an array of the server's, such as <code>{23,25}</code>
     */
    OwnScript types(byte[] sql, byte[] types, Consumer<String> told) {
        steps.add(new Step(sql, types, NO_VALUES, new Answer(row -> {}, false), name + "_typed"));
        forgotten.add(name + "_typed");
        return ask(
                        ("SELECT s.parameter_types::pg_catalog.oid[]::pg_catalog.text FROM pg_catalog.pg_prepared_statements AS s"
                                        + " WHERE s.name OPERATOR(pg_catalog.=) '" + name + "_typed'")
                                .getBytes(StandardCharsets.US_ASCII),
                        told)
                .sync();
    }

    /** Prepares a statement of the client's, as it had prepared it itself. */
    OwnScript prepare(String statement, byte[] sql, byte[] types) {
        steps.add(new Step(sql, types, NO_VALUES, new Answer(row -> {}, false), statement));
        return this;
    }

    /** Ends a group. */
    OwnScript sync() {
        steps.add(new Step(null, NOTHING, NOTHING, new Answer(row -> {}, false), null));
        return this;
    }

    /** Sends all of it; the last group is closed, and what was named is forgotten by the server. */
    void send(SessionContext context) {
        ByteBuf out = context.upstream().allocator().buffer(1_024);
        for (Step step : steps) {
            byte[] sql = step.sql;
            if (sql == null) {
                sync(context, out, step.answer);
            } else if (step.prepares != null) {
                parse(context, out, step.prepares, step, sql);
            } else {
                close(context, out, step.answer);
                statement(context, out, step, sql);
            }
        }
        OwnAnswer end = new Answer(row -> {}, true);
        close(context, out, end);
        for (String statement : forgotten) {
            new WireWriter(out, 'C')
                    .int8('S')
                    .bytes(statement.getBytes(StandardCharsets.ISO_8859_1))
                    .int8(0)
                    .end();
            expect(context, Slot.Kind.CLOSE, end);
        }
        sync(context, out, end);
        context.upstream().own(out);
        context.upstream().flush();
    }

    private void statement(SessionContext context, ByteBuf out, Step step, byte[] sql) {
        byte[] named = name.getBytes(StandardCharsets.US_ASCII);
        parse(context, out, name, step, sql);
        new WireWriter(out, 'B')
                .bytes(named)
                .int8(0)
                .bytes(named)
                .int8(0)
                .bytes(step.values)
                .int16(0)
                .end();
        new WireWriter(out, 'E').cstring(name).int32(0).end();
        expect(context, Slot.Kind.BIND, step.answer);
        expect(context, Slot.Kind.EXECUTE, step.answer);
    }

    private static void parse(SessionContext context, ByteBuf out, String name, Step step, byte[] sql) {
        new WireWriter(out, 'P')
                .bytes(name.getBytes(StandardCharsets.ISO_8859_1))
                .int8(0)
                .bytes(sql)
                .int8(0)
                .int16(step.types.length / Integer.BYTES)
                .bytes(step.types)
                .end();
        expect(context, Slot.Kind.PARSE, step.answer);
    }

    /** A name that does not stand for anything can be closed too. */
    private void close(SessionContext context, ByteBuf out, OwnAnswer answer) {
        new WireWriter(out, 'C').int8('P').cstring(name).end();
        new WireWriter(out, 'C').int8('S').cstring(name).end();
        expect(context, Slot.Kind.CLOSE, answer);
        expect(context, Slot.Kind.CLOSE, answer);
    }

    private static void sync(SessionContext context, ByteBuf out, OwnAnswer answer) {
        new WireWriter(out, 'S').end();
        expect(context, Slot.Kind.SYNC, answer);
    }

    private static void expect(SessionContext context, Slot.Kind kind, OwnAnswer answer) {
        Slot slot = new Slot(kind);
        slot.own = true;
        slot.question = answer;
        context.tracker().expect(slot);
    }

    /** What went wrong first; null where nothing did. */
    @Nullable
    Failure failure() {
        return firstError;
    }

    /** Forgets a statement that the client has prepared. */
    OwnScript forget(String statement) {
        forgotten.add(statement);
        return this;
    }

    /** Whether its last ReadyForQuery came. */
    boolean over() {
        return over;
    }

    private final class Answer implements OwnAnswer {
        private final Consumer<String> firstColumn;
        private final boolean last;

        private Answer(Consumer<String> firstColumn, boolean last) {
            this.firstColumn = firstColumn;
            this.last = last;
        }

        @Override
        public void row(@Nullable WireReader body) {
            try {
                if (body != null && body.unsignedInt16() > 0) {
                    firstColumn.accept(new String(body.bytes(body.int32()), StandardCharsets.UTF_8));
                }
            } catch (ProtocolViolation unexpected) {
                log.warn("an answer of another form to a question of our own: {}", unexpected.getMessage());
            }
        }

        @Override
        public void failed(ErrorResponse error, byte[] body) {
            log.debug("a statement of our own failed: {} {}", error.sqlState(), error.message());
            firstError = firstError == null ? new Failure(error, body) : firstError;
        }

        @Override
        public void ended() {
            over |= last;
        }
    }
}
