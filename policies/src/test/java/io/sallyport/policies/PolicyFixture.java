package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Subject;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/** Policies and statements in a few words. */
public final class PolicyFixture {
    public static final Subject ALICE = new Subject("alice", "shop", "psql", "10.0.0.7");

    /** A Thursday, noon in UTC. */
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private PolicyFixture() {}

    /** A policy without problems and warnings. */
    public static Policy policy(String yaml) {
        PolicyReading reading = PolicyReader.read("version: 1\n" + yaml, "test.yaml");
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
        return Objects.requireNonNull(reading.policy());
    }

    /** A policy of one rule, {@code r}, that denies. */
    public static Policy denying(String when) {
        return policy("rules:\n  - {name: r, when: " + when + ", then: deny}\n");
    }

    public static boolean denies(Policy policy, String sql, Subject subject) {
        return verdict(policy, sql, at(subject)).rule().equals("r");
    }

    public static boolean denies(Policy policy, String sql) {
        return denies(policy, sql, ALICE);
    }

    public static Verdict verdict(Policy policy, String sql, Circumstances circumstances) {
        return policy.decide(facts(sql), circumstances);
    }

    public static StatementFacts facts(String sql) {
        return SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                .statements()
                .get(0);
    }

    public static Circumstances at(Subject subject) {
        return new Circumstances(subject, NOON, 1);
    }
}
