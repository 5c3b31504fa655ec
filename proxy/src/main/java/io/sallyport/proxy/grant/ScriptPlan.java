package io.sallyport.proxy.grant;

import io.sallyport.policies.decision.Decision;
import io.sallyport.proxy.hold.HoldTerms;
import java.util.List;

/**
 * What a token for a script would cover.
 *
 * @param terms what it takes to grant it
 * @param notes what else its approver should know
 * @param digest of all that is covered and asked: another plan has another
 */
public record ScriptPlan(
        ScriptSubject subject, List<Statement> statements, HoldTerms terms, List<String> notes, String digest) {
    /**
     * One statement of the script.
     *
     * @param message of the rule; empty without one
     * @param described what it does
     * @param print by which the token knows it
     * @param covered whether it needs the token, and has it
     */
    public record Statement(
            long line,
            long column,
            String text,
            Decision decision,
            String rule,
            String message,
            String described,
            String print,
            boolean covered) {}

    public ScriptPlan {
        statements = List.copyOf(statements);
        notes = List.copyOf(notes);
    }

    public List<Statement> covered() {
        return statements.stream().filter(Statement::covered).toList();
    }

    /** Those that are denied whatever token there is. */
    public List<Statement> denied() {
        return statements.stream()
                .filter(statement -> statement.decision() == Decision.DENY && !statement.covered())
                .toList();
    }
}
