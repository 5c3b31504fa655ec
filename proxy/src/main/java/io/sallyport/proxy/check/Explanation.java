package io.sallyport.proxy.check;

import io.sallyport.policies.Policy;
import io.sallyport.policies.RuleText;
import io.sallyport.policies.RuleTrial;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.rule.Circumstances;
import java.util.ArrayList;
import java.util.List;

/** A policy's rules in words, and how they answer to a statement. */
public final class Explanation {
    private static final int LONGEST_TEXT = 100;

    private final Policy policy;

    public Explanation(Policy policy) {
        this.policy = policy;
    }

    /** Every rule, in the order in which they are asked. */
    public List<String> rules() {
        List<String> lines = new ArrayList<>();
        List<RuleText> rules = policy.rules();
        lines.add(rules.size() + (rules.size() == 1 ? " rule" : " rules")
                + ". The first that matches a statement decides; of a statement and the writes inside it, and of all"
                + " statements of a string, the strictest decision counts.");
        lines.add("");
        for (int i = 0; i < rules.size(); i++) {
            RuleText rule = rules.get(i);
            lines.add("%3d. %s (%s:%d)".formatted(i + 1, rule.name(), rule.file(), rule.line()));
            lines.add("     " + rule.sentence());
        }
        lines.add("");
        lines.add("Everything else: " + policy.otherwise().described());
        lines.addAll(policy.people().described());
        if (policy.observes()) {
            lines.add("The policy observes: it decides and records, and lets everything pass.");
        }
        return lines;
    }

    /** Which rule decides on the statement and on each write inside it, and what those before it missed. */
    public List<String> statement(StatementFacts statement, Circumstances circumstances) {
        List<String> lines = new ArrayList<>();
        explain(statement, circumstances, "", lines);
        if (!statement.nested().isEmpty()) {
            lines.add("All in all: " + decided(statement, circumstances));
        }
        lines.add("");
        return lines;
    }

    private void explain(StatementFacts statement, Circumstances circumstances, String indent, List<String> lines) {
        lines.add(indent + oneLine(statement.text()));
        lines.add(indent + "  " + FactsLine.of(statement));
        try {
            boolean matched = false;
            for (RuleTrial trial : policy.trials(statement, circumstances)) {
                RuleText rule = trial.rule();
                matched = trial.failed() == null;
                lines.add(
                        matched
                                ? indent + "  yes  " + rule.name() + ": " + rule.sentence()
                                : indent + "  no   " + rule.name() + ": not true that " + trial.failed());
            }
            if (!matched) {
                lines.add(indent + "  yes  default: " + policy.otherwise().described());
            }
        } catch (RuntimeException fault) {
            lines.add(indent + "  judging fails, which is a refusal: " + fault.getMessage());
        }
        for (StatementFacts inner : statement.nested()) {
            explain(inner, circumstances, indent + "    ", lines);
        }
    }

    private String decided(StatementFacts statement, Circumstances circumstances) {
        try {
            var verdict = policy.decide(statement, circumstances);
            return verdict.decision().label() + " by rule \"" + verdict.rule() + '"';
        } catch (RuntimeException fault) {
            return "refused, because judging fails";
        }
    }

    private static String oneLine(String text) {
        String line = Printable.of(text.replaceAll("\\s+", " "));
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
    }
}
