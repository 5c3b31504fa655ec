package io.sallyport.proxy.session;

import io.netty.buffer.ByteBufAllocator;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.BatchReading.ConsoleCall;
import io.sallyport.proxy.batch.BatchReading.NameChange;
import io.sallyport.proxy.batch.PreparedStatements;
import io.sallyport.proxy.console.Console;
import io.sallyport.proxy.console.ConsoleCommand;
import io.sallyport.proxy.console.ConsoleError;
import io.sallyport.proxy.console.ConsoleResult;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Gatekeeper;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.gate.Ruling;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends ruled batches to the server, whole or up to a refusal, and notes for each message which reply it will get. */
final class Forwarder {
    private static final int MOST_BOUND = 100;

    /** SALLYPORT statements in one batch: they run on the event loop. */
    private static final int MOST_CALLS = 100;

    private final UpstreamLink upstream;
    private final ReplyTracker tracker;
    private final PreparedStatements prepared;
    private final SessionSettings settings;
    private final Judged judged;
    private final Gatekeeper gatekeeper;
    private final Console console;
    private final ConsoleDesk desk;

    /** Who hears of ReadyForQuery instead of the client; null for nobody. */
    private @Nullable HiddenReady hidden;

    /** Rows of SALLYPORT statements bound to portals that were not executed yet. */
    private final Map<String, ConsoleResult> boundRows = new HashMap<>();

    Forwarder(
            UpstreamLink upstream,
            ReplyTracker tracker,
            PreparedStatements prepared,
            SessionSettings settings,
            Judged judged,
            Gatekeeper gatekeeper,
            Console console,
            ConsoleDesk desk) {
        this.upstream = upstream;
        this.tracker = tracker;
        this.prepared = prepared;
        this.settings = settings;
        this.judged = judged;
        this.gatekeeper = gatekeeper;
        this.console = console;
        this.desk = desk;
    }

    /** From now on somebody else hears of ReadyForQuery; null ends that. */
    void hide(@Nullable HiddenReady from) {
        hidden = from;
    }

    private void expect(Slot slot) {
        HiddenReady hears = hidden;
        if (hears != null && !slot.kind.skipsOnError()) {
            slot.ready = hears;
            hears.expected();
        }
        tracker.expect(slot);
    }

    /** @param outcome notes what becomes of an approved batch; null for the others */
    void forward(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome outcome) {
        run(batch, reading, permit, null, outcome);
    }

    /**
     * Sends messages of the extended protocol and asks for the answers, but commits nothing: the Sync is not among them.
     *
     * @param limit of what its Executes may change
     */
    void forwardOpen(Batch batch, BatchReading reading, Permit permit, RunOutcome outcome, RowLimit limit) {
        Slot[] slots = slots(batch);
        for (Slot slot : slots) {
            slot.limit = slot.kind == Slot.Kind.EXECUTE ? limit : null;
        }
        send(batch, reading, permit, slots, Substitutes.NONE, outcome);
        upstream.own(Substitutes.flush(upstream.allocator()));
    }

    /** What stands before the refusal goes; its message is replaced; what stands behind is dropped, up to Sync. */
    void refuse(Batch batch, BatchReading reading, Ruling.Deny denied) {
        run(batch, reading, denied.prefix(), denied, null);
    }

    private void run(
            Batch batch,
            BatchReading reading,
            Permit permit,
            Ruling.@Nullable Deny denied,
            @Nullable RunOutcome outcome) {
        Substitutes substitutes = new Substitutes();
        Slot[] slots = slots(batch);
        Ruling.Deny byConsole = answer(batch, reading, permit.upTo(), slots, substitutes);
        desk.sent();
        Ruling.Deny refusal = byConsole == null ? denied : byConsole;
        send(batch, reading, byConsole == null ? permit : byConsole.prefix(), slots, substitutes, outcome);
        if (refusal != null) {
            Frame refused = batch.frame(refusal.index());
            substitute(refused, refusal.denial());
            dropFrom(batch, refusal.index());
        }
    }

    /** The server skips to Sync; so does what we send it. */
    private void dropFrom(Batch batch, int index) {
        for (int i = index; i < batch.size(); i++) {
            Frame frame = batch.frame(i);
            if (frame.tag() == FrontendTag.SYNC.code()) {
                sync(frame);
            } else {
                frame.release();
            }
        }
    }

    /** The server would ignore all of it but Sync, so Sync is all it gets. */
    void skip(Batch batch) {
        dropFrom(batch, 0);
    }

    /** A Sync that ends a refused or skipped batch. */
    private void sync(Frame frame) {
        expect(new Slot(Slot.Kind.SYNC));
        upstream.relay(frame);
    }

    /** Sends what fails on the server, in place of a refused message. */
    private void substitute(Frame refused, Denial denial) {
        ByteBufAllocator allocator = upstream.allocator();
        FrontendTag tag = Objects.requireNonNull(FrontendTag.of(refused.tag()));
        if (denial.isServersOwn() && tag == FrontendTag.QUERY) {
            upstream.own(Substitutes.emptyStatement(allocator));
            expect(new Slot(Slot.Kind.QUERY));
            return;
        }
        Slot slot = switch (tag) {
            case QUERY -> {
                upstream.own(Substitutes.failingQuery(allocator));
                yield new Slot(Slot.Kind.QUERY);
            }
            case PARSE -> {
                upstream.own(Substitutes.failingParse(allocator, parseName(refused)));
                yield new Slot(Slot.Kind.PARSE);
            }
            case FUNCTION_CALL -> {
                upstream.own(Substitutes.failingFunctionCall(allocator));
                yield new Slot(Slot.Kind.FUNCTION_CALL);
            }
            case BIND, DESCRIBE, EXECUTE, CLOSE, SYNC, FLUSH, TERMINATE, PASSWORD, COPY_DATA, COPY_DONE, COPY_FAIL -> {
                upstream.own(Substitutes.failingExecute(allocator));
                yield new Slot(Slot.Kind.EXECUTE);
            }
        };
        slot.denial = denial;
        expect(slot);
    }

    private static String parseName(Frame frame) {
        try {
            return FrontendMessage.Parse.of(frame).name();
        } catch (io.sallyport.protocol.ProtocolViolation malformed) {
            // The unnamed statement is the one that a failing Parse destroys.
            return "";
        }
    }

    /** Sends the permitted messages and expects their replies. */
    private void send(
            Batch batch,
            BatchReading reading,
            Permit permit,
            Slot[] slots,
            Substitutes substitutes,
            @Nullable RunOutcome outcome) {
        if (reading.mayChangeReading(permit.upTo())) {
            settings.doubt();
        }
        for (NameChange change : reading.changes()) {
            if (change.index() < permit.upTo()) {
                Slot slot = slots[change.index()];
                if (change.text() != null && change.name() != null) {
                    slot.proposes(prepared.propose(change.name(), change.text()));
                } else {
                    slot.forgets(change.name());
                }
            }
        }
        judged.note(batch, reading, permit.upTo(), slots);
        for (int i = 0; i < permit.upTo(); i++) {
            if (batch.frame(i).tag() != FrontendTag.FLUSH.code()) {
                if (outcome != null) {
                    slots[i].outcome = outcome;
                    outcome.expectReply();
                }
                expect(slots[i]);
            }
        }
        if (outcome != null) {
            outcome.replied();
        }
        upstream.forward(permit, batch, substitutes);
    }

    private static Slot[] slots(Batch batch) {
        Slot[] slots = new Slot[batch.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(Slot.Kind.of(
                    Objects.requireNonNull(FrontendTag.of(batch.frame(i).tag()))));
        }
        return slots;
    }

    /**
     * Carries out the batch's SALLYPORT statements and puts selects without rows in their place.
     *
     * @param upTo the first message that does not go
     * @return a refusal at the first of them that cannot be carried out
     */
    private Ruling.@Nullable Deny answer(
            Batch batch, BatchReading reading, int upTo, Slot[] slots, Substitutes substitutes) {
        int attached = 0;
        int calls = 0;
        for (ConsoleCall call : reading.console()) {
            if (call.index() >= upTo) {
                break;
            }
            attachRows(batch, attached, call.index(), slots);
            attached = call.index() + 1;
            try {
                if (++calls > MOST_CALLS) {
                    throw ConsoleDesk.tooMany(MOST_CALLS);
                }
                ConsoleCommand command = console.parse(call.text().display());
                String select = Substitutes.emptySelect(command.columns());
                if (call.name() != null) {
                    substitutes.put(call.index(), Substitutes.parse(upstream.allocator(), call.name(), select));
                    continue;
                }
                if (settings.transaction() == TransactionStatus.FAILED && tracker.atBoundary()) {
                    return gatekeeper.refuse(batch, call.index(), Denial.inFailedTransaction());
                }
                ConsoleResult result = desk.execute(call.index(), command);
                if (call.portal() == null) {
                    substitutes.put(call.index(), Substitutes.query(upstream.allocator(), select));
                    slots[call.index()].rows = result;
                } else if (boundRows.size() < MOST_BOUND) {
                    boundRows.put(call.portal(), result);
                }
            } catch (ConsoleError error) {
                return gatekeeper.refuse(batch, call.index(), denial(error));
            }
        }
        attachRows(batch, attached, upTo, slots);
        return null;
    }

    /** In their order: a portal's rows are those of its last Bind before, and of no statement of the server's. */
    private void attachRows(Batch batch, int from, int upTo, Slot[] slots) {
        for (int i = from; i < upTo && !boundRows.isEmpty(); i++) {
            Frame frame = batch.frame(i);
            if (frame.tag() == FrontendTag.EXECUTE.code()) {
                slots[i].rows =
                        boundRows.remove(FrontendMessage.Execute.of(frame).portal());
            } else if (frame.tag() == FrontendTag.BIND.code()) {
                boundRows.remove(FrontendMessage.Bind.namesOf(frame).portal());
            } else if (frame.tag() == FrontendTag.CLOSE.code()) {
                FrontendMessage.Close close = FrontendMessage.Close.of(frame);
                if (!close.statement()) {
                    boundRows.remove(close.name());
                }
            }
        }
    }

    private static Denial denial(ConsoleError error) {
        return new Denial(error.sqlState(), String.valueOf(error.getMessage()), null, error.hint(), "console");
    }
}
