package io.sallyport.proxy.gate;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.GuardingSettings;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.protocol.SqlState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the settings of a start-up packet. Nothing can wait before a login, so every decision but allow is a refusal. A rule that would stop
 * anything this session says is not about settings: it lets the session begin and stops its statements.
 */
final class StartupGate {
    /** They guard too, and every client has them in its start-up packet; the session reads its texts by them. */
    private static final Set<String> SENT_BY_DRIVERS = Set.of("client_encoding", "search_path");

    private final Policy policy;
    private final GateListener listener;
    private final Circumstances circumstances;

    StartupGate(Policy policy, GateListener listener, Circumstances circumstances) {
        this.policy = policy;
        this.listener = listener;
        this.circumstances = circumstances;
    }

    /** @return why the session may not begin, or null */
    @Nullable
    Denial refusal(List<StatementFacts> settings) {
        if (policy.asksRoles() && circumstances.subject().roles() == null) {
            return rolesUnknown(settings);
        }
        for (StatementFacts setting : settings) {
            Verdict verdict = policy.decide(setting, circumstances);
            if (verdict.decision() != Decision.ALLOW && !stopsEverything(verdict, setting)) {
                listener.judged(setting, verdict, circumstances.subject(), policy.observes());
                if (!policy.observes()) {
                    return denial(verdict, setting);
                }
            }
        }
        return null;
    }

    /** Nothing is observed here: what no rule names is refused in every mode. */
    @Nullable
    Denial replicationRefusal(StatementFacts asked) {
        if (policy.asksRoles()) {
            return replicationDenied(
                    "replication",
                    "The policy asks for roles, and the server cannot be asked for them in a replication session."
                            + " Connect replication clients to the server itself.");
        }
        Verdict verdict = policy.decideReplication(asked, circumstances);
        if (verdict == null) {
            return replicationDenied(
                    "replication",
                    "Connect replication clients to the server itself, or allow them in the policy by a rule with `kind: replication`.");
        }
        listener.judged(asked, verdict, circumstances.subject(), false);
        return verdict.decision() == Decision.ALLOW ? null : replicationDenied(verdict.rule(), verdict.message());
    }

    private static Denial replicationDenied(String rule, @Nullable String hint) {
        return new Denial(
                SqlState.FEATURE_NOT_SUPPORTED,
                "replication connections are not let through by Sallyport",
                null,
                hint,
                rule);
    }

    /** Roles are asked of the server after the login; what guards may not be set behind the back of a rule that wants to know them. */
    private @Nullable Denial rolesUnknown(List<StatementFacts> settings) {
        for (StatementFacts setting : settings) {
            boolean guards = setting.settings().stream()
                    .anyMatch(change ->
                            GuardingSettings.contains(change.name()) && !SENT_BY_DRIVERS.contains(change.name()));
            if (guards && !policy.observes()) {
                return denial(new Verdict(Decision.CONFIRM, "roles unknown", Terms.NONE), setting);
            }
        }
        return null;
    }

    private boolean stopsEverything(Verdict verdict, StatementFacts setting) {
        StatementFacts harmless = new StatementFacts(
                StatementKind.SHOW,
                StatementKind.SHOW.ownClass(),
                false,
                List.of(),
                List.of(),
                null,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true,
                null,
                null,
                null,
                false,
                0,
                0,
                setting.text());
        return policy.decide(harmless, circumstances).rule().equals(verdict.rule());
    }

    private static Denial denial(Verdict verdict, StatementFacts setting) {
        String hint = verdict.decision() == Decision.DENY
                ? "Connect without this setting."
                : "Connect without this setting, and set it by a statement, which can wait for what the rule asks.";
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: rule \"" + verdict.rule() + "\"",
                "The start-up packet asks for " + setting.text() + ".",
                verdict.message() == null ? hint : verdict.message() + " " + hint,
                verdict.rule());
    }
}
