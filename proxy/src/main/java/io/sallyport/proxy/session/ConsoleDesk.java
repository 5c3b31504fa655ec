package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.BatchReading.ConsoleCall;
import io.sallyport.proxy.console.Caller;
import io.sallyport.proxy.console.Console;
import io.sallyport.proxy.console.ConsoleCommand;
import io.sallyport.proxy.console.ConsoleError;
import io.sallyport.proxy.console.ConsoleResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out {@code SALLYPORT} statements: those that ask the control database on a worker, while their batch stands
 * still; the others when the batch is sent.
 */
final class ConsoleDesk {
    /** Exactly one of the two is there. */
    private record Answer(
            @Nullable ConsoleResult result, @Nullable ConsoleError error) {}

    /** In what is sent at once: each of them takes a worker's time and keeps its rows. */
    private static final int MOST_ASKED = 16;

    private final SessionContext context;
    private Map<Integer, Answer> answers = Map.of();

    /** Counts what was asked, and what was sent: what a worker finds out for a batch that is gone is nobody's answer. */
    private final AtomicInteger round = new AtomicInteger();

    /** A statement that watches, and where in its batch it stands. */
    record Watched(int index, ConsoleCommand.Watch command) {}

    ConsoleDesk(SessionContext context) {
        this.context = context;
    }

    /** Whether a statement of the batch asks the control database, and the server is in a state to run any. */
    boolean mustAsk(BatchReading reading) {
        for (ConsoleCall call : reading.console()) {
            if (call.runs() && blocks(call.text().display())) {
                return !inFailedTransaction();
            }
        }
        return false;
    }

    private boolean inFailedTransaction() {
        return context.settings().transaction() == TransactionStatus.FAILED
                && context.tracker().atBoundary();
    }

    private boolean blocks(String text) {
        try {
            return Console.blocks(console().parse(text));
        } catch (ConsoleError toBeTold) {
            return false;
        }
    }

    private Console console() {
        return context.services().console();
    }

    /**
     * Carries out what blocks, in its order, up to the first that cannot be.
     *
     * @param done called once on the loop, with what went wrong beyond that, or null
     */
    void ask(BatchReading reading, Consumer<@Nullable Throwable> done) {
        Caller caller = context.votes().caller();
        Map<Integer, Answer> told = new HashMap<>();
        int mine = round.incrementAndGet();
        Runnable work = () -> askAll(reading, caller, told, () -> round.get() == mine);
        Errand.run(context.services().control(), context.loop(), work, fault -> {
            if (round.get() == mine) {
                answers = fault == null ? told : Map.of();
            }
            done.accept(fault);
        });
    }

    private void askAll(BatchReading reading, Caller caller, Map<Integer, Answer> told, BooleanSupplier stillAsked) {
        for (ConsoleCall call : reading.console()) {
            if (!call.runs() || !blocks(call.text().display())) {
                continue;
            } else if (!stillAsked.getAsBoolean()) {
                return;
            }
            try {
                if (told.size() >= MOST_ASKED) {
                    throw tooMany(MOST_ASKED);
                }
                ConsoleCommand command = console().parse(call.text().display());
                told.put(call.index(), new Answer(console().execute(command, caller), null));
            } catch (ConsoleError error) {
                told.put(call.index(), new Answer(null, error));
                return;
            }
        }
    }

    static ConsoleError tooMany(int most) {
        return new ConsoleError(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "too many statements of SALLYPORT are sent at once: expected at most " + most,
                "Send them one after the other.");
    }

    /** The statement that watches, where the batch runs nothing else; null where there is none, or it cannot run. */
    @Nullable
    Watched watched(BatchReading reading) {
        if (reading.console().isEmpty()) {
            return null;
        }
        List<ConsoleCall> run =
                reading.console().stream().filter(ConsoleCall::runs).toList();
        boolean alone = run.size() == 1
                && reading.points().isEmpty()
                && reading.resumed().isEmpty();
        if (!alone || inFailedTransaction()) {
            return null;
        }
        try {
            ConsoleCall call = run.get(0);
            return console().parse(call.text().display()) instanceof ConsoleCommand.Watch watch
                    ? new Watched(call.index(), watch)
                    : null;
        } catch (ConsoleError toBeTold) {
            return null;
        }
    }

    /** What came while it was watched: the answer of the batch that is about to be sent. */
    void watched(int index, ConsoleResult came) {
        answers = Map.of(index, new Answer(came, null));
    }

    /** The batch was sent, or refused: what was told of it counts no more. */
    void sent() {
        int unused = round.incrementAndGet();
        answers = Map.of();
    }

    /**
     * The answer to the statement of this message, for the batch that was asked for last.
     *
     * @throws ConsoleError also where it asks the control database and shares its batch with something that is stopped
     */
    ConsoleResult execute(int index, ConsoleCommand command) throws ConsoleError {
        Answer answer = answers.get(index);
        if (answer != null && answer.error() != null) {
            throw answer.error();
        } else if (answer != null && answer.result() != null) {
            return answer.result();
        } else if (command instanceof ConsoleCommand.Watch) {
            throw new ConsoleError(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "SALLYPORT WATCH cannot be sent with other statements",
                    "Send it by itself.");
        } else if (Console.blocks(command)) {
            throw new ConsoleError(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "this statement of SALLYPORT was not carried out: something else that was sent with it is stopped",
                    "Send it by itself.");
        }
        return console().execute(command, context.votes().caller());
    }
}
