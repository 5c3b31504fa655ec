package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.grant.ScriptPlan;
import io.sallyport.proxy.hold.Tally;
import java.util.List;

/**
 * What a token for a file would cover.
 *
 * @param covered how many statements the token lets run, once each
 * @param denied how many are denied whatever token there is: then nothing is granted
 * @param missing who has to grant it
 * @param places what stands for the names that have to be typed
 * @param plan to be sent back with the grant
 */
record PlanView(
        List<Statement> statements,
        int covered,
        int denied,
        String searchPath,
        List<String> missing,
        List<String> places,
        List<String> notes,
        String plan) {
    /** One statement of the file. */
    record Statement(
            long line,
            long column,
            String text,
            String decision,
            String rule,
            String message,
            String described,
            boolean covered) {}

    static PlanView of(ScriptPlan plan) {
        return new PlanView(
                plan.statements().stream().map(PlanView::statement).toList(),
                plan.covered().size(),
                plan.denied().size(),
                plan.subject().searchPath().described(),
                Tally.of(plan.terms(), List.of()).stream().map(Tally::missing).toList(),
                plan.terms().places(),
                plan.notes(),
                plan.digest());
    }

    private static Statement statement(ScriptPlan.Statement statement) {
        return new Statement(
                statement.line(),
                statement.column(),
                statement.text(),
                statement.decision().label(),
                statement.rule(),
                statement.message(),
                statement.described(),
                statement.covered());
    }
}
