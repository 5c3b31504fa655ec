package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.effects.Effects;
import io.sallyport.policies.effects.TableEffect;
import io.sallyport.policies.rule.BudgetNeeds;
import io.sallyport.policies.rule.BudgetSource;
import io.sallyport.policies.rule.Impact;
import io.sallyport.policies.rule.RowAction;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.budget.Entry;
import io.sallyport.proxy.budget.Tab;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts for budgets what this session's statements do to rows, as the server's command tags tell it, and finds out whether it is there to stay. In
 * doubt it is. Where no rule asks for a budget, nothing is counted.
 */
final class Spending {
    private final SessionContext context;
    private final Tab tab;

    /** An error came since the last ReadyForQuery. */
    private boolean failed;

    /** The transaction has failed, and nothing but its end, or a savepoint, comes. */
    private boolean aborted;

    /** What runs is rolled back, whatever its tags say. */
    private boolean paused;

    Spending(SessionContext context) {
        this.context = context;
        this.tab = context.services().gatekeeper().budgets().book().tab();
    }

    private BudgetNeeds needs() {
        return context.services().gatekeeper().budgets().needs();
    }

    /** It goes to the server: others of the same account are to know what it may do. */
    void sent(Batch batch, BatchReading reading) {
        BudgetNeeds needs = needs();
        if (needs.isEmpty()) {
            return;
        }
        for (Judgeable point : reading.points()) {
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    means(statement, estimate(batch.impacts(), statement), needs);
                }
            }
        }
    }

    private void means(StatementFacts statement, long rows, BudgetNeeds needs) {
        for (RowAction action : RowAction.of(statement)) {
            for (TableName table : RowAction.targets(statement)) {
                tab.means(new Entry(table, action), rows, needs, context.subject());
            }
        }
        for (StatementFacts nested : statement.nested()) {
            means(nested, rows, needs);
        }
    }

    private static long estimate(@Nullable IdentityHashMap<StatementFacts, Impact> impacts, StatementFacts statement) {
        Impact impact = impacts == null ? null : impacts.get(statement);
        Long rows = impact == null ? null : impact.rows();
        return rows == null ? BudgetSource.UNKNOWN : rows;
    }

    /**
     * A statement that was judged has ended well.
     *
     * @param slot what it answers; the tag has been compared with it
     * @param tag body of the CommandComplete; it is looked at, and not read on
     */
    void completed(Slot slot, WireReader tag) {
        boolean wasAborted = aborted;
        aborted = false;
        BudgetNeeds needs = needs();
        List<SqlText> judged = slot.judged;
        if (paused || judged == null || (needs.isEmpty() && tab.isEmpty())) {
            return;
        }
        StatementFacts certain = SpentRows.certain(slot, judged);
        if (certain == null) {
            each(judged, slot, tag, needs);
        } else {
            count(certain, slot, tag, needs);
        }
        if (CommandTags.fits(StatementKind.ROLLBACK, tag)) {
            // ROLLBACK TO has the same tag. Where it is not known which it was, what was done counts.
            if (certain != null && certain.kind() != StatementKind.ROLLBACK_TO) {
                tab.rolledBack();
            }
        } else if (!wasAborted && (SpentRows.commits(tag) || (certain != null && !certain.transactional()))) {
            // What runs outside of transactions only commits what came before it in its pipeline, where a server lets
            // it run there.
            tab.committed(needs, context.subject());
        }
    }

    /** Of a message that may have run several: all that may be answered so. */
    private void each(List<SqlText> judged, Slot slot, WireReader tag, BudgetNeeds needs) {
        for (SqlText text : judged) {
            for (StatementFacts statement : text.statements()) {
                if (statement.kind() == StatementKind.PREPARE) {
                    statement.nested().forEach(nested -> count(nested, slot, tag, needs));
                } else if (CommandTags.fits(statement.kind(), tag)) {
                    count(statement, slot, tag, needs);
                }
            }
        }
    }

    private void count(StatementFacts statement, Slot slot, WireReader tag, BudgetNeeds needs) {
        if (statement.kind() == StatementKind.PREPARE || needs.isEmpty()) {
            return;
        }
        long estimate = estimate(slot.estimated, statement);
        if (CommandTags.fits(statement.kind(), tag)) {
            did(statement, statement.kind() == StatementKind.TRUNCATE ? estimate : SpentRows.of(tag), needs);
        }
        if (statement.kind() != StatementKind.MERGE) {
            // What is written inside of it is in no tag.
            statement.nested().forEach(nested -> inside(nested, estimate, needs));
        }
    }

    private void inside(StatementFacts statement, long estimate, BudgetNeeds needs) {
        did(statement, estimate, needs);
        statement.nested().forEach(nested -> inside(nested, estimate, needs));
    }

    private void did(StatementFacts statement, long rows, BudgetNeeds needs) {
        for (RowAction action : RowAction.of(statement)) {
            for (TableName table : RowAction.targets(statement)) {
                Entry entry = new Entry(table, action);
                if (statement.kind() == StatementKind.TRUNCATE) {
                    tab.emptied(entry, rows, needs, context.subject());
                } else {
                    tab.did(entry, rows, needs, context.subject());
                }
            }
        }
    }

    /** A portal was suspended: it has changed all its rows, and a later tag counts some of them (pquery.c, PortalRun). */
    void untold(Slot slot) {
        BudgetNeeds needs = needs();
        List<SqlText> judged = slot.judged;
        if (paused || judged == null || needs.isEmpty()) {
            return;
        }
        for (SqlText text : judged) {
            for (StatementFacts statement : text.statements()) {
                inside(statement, estimate(slot.estimated, statement), needs);
            }
        }
    }

    /** What the transaction did, as the server counted it: instead of what the tags told. */
    void measured(Effects effects) {
        BudgetNeeds needs = needs();
        if (needs.isEmpty() || effects.unmeasured() != null) {
            return;
        }
        Set<String> counted =
                effects.tables().stream().map(effect -> effect.table().name()).collect(Collectors.toSet());
        tab.measured(entry -> counted.contains(entry.table().name()));
        for (TableEffect effect : effects.tables()) {
            measured(effect, RowAction.INSERTED, effect.inserted(), needs);
            measured(effect, RowAction.UPDATED, effect.updated(), needs);
            measured(effect, RowAction.DELETED, effect.deleted(), needs);
        }
    }

    private void measured(TableEffect effect, RowAction action, long rows, BudgetNeeds needs) {
        tab.did(new Entry(effect.table(), action), Math.max(0, rows), needs, context.subject());
    }

    /** The transaction is rolled back by a statement of our own. */
    void rolledBack() {
        tab.rolledBack();
    }

    /** A rehearsal begins, or is over. */
    void pause(boolean begins) {
        paused = begins;
    }

    void failed() {
        failed = true;
    }

    /** @param everything whether no answer is owed */
    void ready(TransactionStatus status, boolean everything) {
        if (!tab.isEmpty()) {
            if (status == TransactionStatus.IDLE && (failed || aborted)) {
                tab.rolledBack();
            } else if (status == TransactionStatus.IDLE) {
                tab.committed(needs(), context.subject());
            }
            if (everything) {
                tab.answered();
            }
        }
        failed = false;
        aborted = status == TransactionStatus.FAILED;
    }

    /** The session ends. The server rolls back what is open, unless something was sent that it may still do. */
    void close() {
        if (tab.isEmpty()) {
            return;
        }
        if (context.tracker().atBoundary()) {
            tab.rolledBack();
        } else {
            tab.lost(needs(), context.subject());
        }
        tab.answered();
    }
}
