package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.effects.Effects;
import io.sallyport.policies.effects.TableEffect;
import io.sallyport.policies.rule.Impact;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Whether what a batch did is what somebody agreed to who knew its text, and about how many rows it would change. */
final class EstimatedRun {
    /** An estimate is none of counts: twice as many, and some more, are still what was meant. */
    private static final int SOME_MORE = 10;

    private EstimatedRun() {}

    /** Only in the tables that its statements name as what they change: nobody has agreed to more. */
    static boolean covers(MeasuredRun run, Effects effects) {
        IdentityHashMap<StatementFacts, Impact> impacts = run.batch().impacts();
        if (impacts == null
                || effects.unmeasured() != null
                || !effects.catalogs().isEmpty()
                || !effects.locks().isEmpty()) {
            return false;
        }
        long estimated = 0;
        List<TableName> targets = new ArrayList<>();
        for (Judgeable point : run.reading().points()) {
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    Impact impact = impacts.get(statement);
                    Long rows = impact == null ? null : impact.rows();
                    if (rows == null || statement.tables().isEmpty()) {
                        return false;
                    }
                    estimated += rows;
                    targets.add(statement.tables().get(0));
                }
            }
        }
        long changed = 0;
        for (TableEffect effect : effects.tables()) {
            if (targets.stream().noneMatch(target -> names(target, effect.table()))) {
                return false;
            }
            changed += Math.max(0, effect.inserted()) + Math.max(0, effect.updated()) + Math.max(0, effect.deleted());
        }
        return changed <= 2 * estimated + SOME_MORE;
    }

    private static boolean names(TableName target, TableName table) {
        return target.name().equals(table.name())
                && (target.schema() == null || target.schema().equals(table.schema()));
    }
}
