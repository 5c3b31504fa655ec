package io.sallyport.proxy.session;

import io.sallyport.protocol.TransactionStatus;
import io.sallyport.proxy.token.Surroundings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the session's server what its statements mean now; on the client's own connection, where that disturbs nobody. */
final class SurroundingsDesk {
    private static final Logger log = LoggerFactory.getLogger(SurroundingsDesk.class);

    private final SessionContext context;
    private @Nullable SurroundingsQuestion asking;
    private @Nullable Surroundings answer;
    private SessionLoop.@Nullable Timer patience;

    SurroundingsDesk(SessionContext context) {
        this.context = context;
    }

    /** Whether the server can be asked now: in a transaction too, but not in one that failed. */
    boolean canAsk() {
        return context.tracker().atBoundary() && context.settings().transaction() != TransactionStatus.FAILED;
    }

    /** @param gaveUp called where the server takes too long */
    void ask(boolean setAtStart, Runnable gaveUp) {
        close();
        SurroundingsQuestion question = new SurroundingsQuestion(setAtStart);
        asking = question;
        answer = null;
        question.slots().forEach(context.tracker()::expect);
        context.upstream().own(question.messages(context.upstream().allocator()));
        context.upstream().flush();
        patience = context.loop().schedule(RoleDesk.PATIENCE, () -> {
            patience = null;
            question.failed("no answer within " + RoleDesk.PATIENCE.toSeconds() + " s");
            take(question);
            gaveUp.run();
        });
    }

    /** Whether an answer is still to come, and worth waiting for. */
    boolean asking() {
        SurroundingsQuestion question = asking;
        if (question != null && question.over()) {
            take(question);
        }
        return asking != null;
    }

    private void take(SurroundingsQuestion question) {
        close();
        answer = question.surroundings();
        if (answer == null) {
            log.warn("what the session's names mean is not known: {}", question.failure());
        }
    }

    /** The last answer; null where there was none. */
    @Nullable
    Surroundings answer() {
        return answer;
    }

    void close() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
        asking = null;
    }
}
