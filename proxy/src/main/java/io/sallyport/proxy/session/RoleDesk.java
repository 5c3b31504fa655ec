package io.sallyport.proxy.session;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which roles the session's login role is a member of: asks the server, on the client's own connection, where
 * that disturbs nobody, and only when the policy wants to know.
 */
final class RoleDesk {
    private static final Logger log = LoggerFactory.getLogger(RoleDesk.class);

    /** Longer than a catalog look-up ever takes; what waits for the answer is refused then. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SessionContext context;
    private @Nullable Set<String> known;
    private boolean stale;
    private @Nullable RoleQuestion asking;
    private SessionLoop.@Nullable Timer patience;
    private SessionLoop.@Nullable Timer refresh;

    RoleDesk(SessionContext context) {
        this.context = context;
    }

    /**
     * To be called at a ReadyForQuery outside of a transaction, with nothing outstanding.
     *
     * @param gaveUp called where the server takes too long
     * @return the slot of the question's Sync
     */
    Slot ask(Runnable gaveUp) {
        RoleQuestion question = new RoleQuestion();
        asking = question;
        List<Slot> slots = question.slots();
        slots.forEach(context.tracker()::expect);
        context.upstream().own(question.messages(context.upstream().allocator()));
        context.upstream().flush();
        patience = context.loop().schedule(PATIENCE, () -> {
            patience = null;
            question.failed("no answer within " + PATIENCE.toSeconds() + " s");
            take(question);
            gaveUp.run();
        });
        return slots.get(slots.size() - 1);
    }

    /** Whether an answer is still to come, and worth waiting for. */
    boolean asking() {
        RoleQuestion question = asking;
        if (question != null && question.over()) {
            take(question);
        }
        return asking != null;
    }

    private void take(RoleQuestion question) {
        cancel();
        asking = null;
        known = question.roles();
        stale = false;
        if (known == null) {
            log.warn("the roles of {} are not known: {}", context.info().user(), question.failure());
            return;
        }
        Duration every = context.services().config().roles().refresh();
        if (!every.isZero()) {
            refresh = context.loop().schedule(every, () -> {
                refresh = null;
                stale = true;
            });
        }
    }

    /**
     * @param canAsk whether the server could be asked now
     * @return null where they are not known, or are known for too long and could be asked anew
     */
    @Nullable
    Set<String> known(boolean canAsk) {
        asking();
        return stale && canAsk ? null : known;
    }

    private void cancel() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
        if (refresh != null) {
            refresh.cancel();
            refresh = null;
        }
    }

    void close() {
        cancel();
        asking = null;
    }
}
