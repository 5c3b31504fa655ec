package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.decision.Decision;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What may be sent together with statements that a token covers. What names and texts mean was asked of the server before all of it: nothing
 * before the last of them may change that, by a setting, by a function that sets one, or by an end of transaction that takes one back.
 */
final class Company {
    private static final Set<StatementKind> CHANGES_NOTHING = EnumSet.of(
            StatementKind.BEGIN,
            StatementKind.SAVEPOINT,
            StatementKind.RELEASE,
            StatementKind.LOCK,
            StatementKind.SET,
            StatementKind.LISTEN,
            StatementKind.UNLISTEN,
            StatementKind.NOTIFY,
            StatementKind.SHOW,
            StatementKind.COMMENT,
            StatementKind.GRANT,
            StatementKind.REVOKE,
            StatementKind.CREATE_TABLE,
            StatementKind.CREATE_INDEX,
            StatementKind.CREATE_VIEW,
            StatementKind.CREATE_SEQUENCE,
            StatementKind.CREATE_TYPE);

    /** What SET may change beside it: no value in a text is read by these, and no name. */
    private static final Set<String> HARMLESS_SETTINGS = Set.of(
            "lock_timeout",
            "statement_timeout",
            "idle_in_transaction_session_timeout",
            "work_mem",
            "maintenance_work_mem",
            "client_min_messages",
            "application_name",
            "sallyport.token",
            "sallyport.os_user",
            "synchronous_commit");

    private Company() {}

    /**
     * @param judged everything in the batch, in the order in which it runs
     * @param changesMeaning of the text behind it
     * @return why no token covers this; null where one can
     */
    static @Nullable String objection(List<Weighing.Judged> judged, Predicate<StatementFacts> changesMeaning) {
        if (judged.size() == 1) {
            return null;
        }
        int last = judged.size() - 1;
        while (last > 0 && !Weighing.isToCover(judged.get(last))) {
            last--;
        }
        for (int i = 0; i < judged.size(); i++) {
            Weighing.Judged one = judged.get(i);
            if (changesMeaning.test(one.statement())) {
                return "what is sent with it changes what names or strings mean; send it apart";
            } else if (!Weighing.isToCover(one) && one.verdict().decision() != Decision.ALLOW) {
                return "something is sent with it that another rule stops; send it apart";
            } else if (i < last && !Weighing.isToCover(one) && !keeps(one.statement())) {
                return "what is sent before it may change what names or strings mean; send it apart";
            }
        }
        return null;
    }

    private static boolean keeps(StatementFacts statement) {
        return CHANGES_NOTHING.contains(statement.kind())
                && statement.settings().stream().allMatch(change -> HARMLESS_SETTINGS.contains(change.name()))
                && statement.nested().isEmpty()
                && statement.functions().isEmpty();
    }
}
