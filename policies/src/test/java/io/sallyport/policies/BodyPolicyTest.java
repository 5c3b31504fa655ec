package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Subject;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a policy decides on a DO, and on what only defines a body. */
class BodyPolicyTest {
    private static final String DO_ALLOWED = """
            version: 1
            rules:
              - {name: blocks, when: {kind: do}, then: allow}
              - {name: unreadable, when: {readable: false}, then: hold}
              - {name: dynamic, when: {kind: execute}, then: hold}
              - {name: deletes, when: {kind: delete, where: absent}, then: deny}
            """;

    @Test
    void write_in_a_do_is_judged_by_itself() {
        assertThat(allowing("DO $$ BEGIN PERFORM 1; END $$").decision()).isEqualTo(Decision.ALLOW);
        assertThat(allowing("DO $$ BEGIN IF true THEN DELETE FROM t; END IF; END $$")
                        .rule())
                .isEqualTo("deletes");
        assertThat(allowing("DO $$ BEGIN EXECUTE 'DELETE FROM t'; END $$").rule())
                .isEqualTo("deletes");
        assertThat(allowing("DO $a$ BEGIN DO 'BEGIN DELETE FROM t; END'; END $a$")
                        .rule())
                .isEqualTo("deletes");
    }

    @Test
    void what_cannot_be_followed_in_a_do_is_held() {
        assertThat(allowing("DO $$ BEGIN EXECUTE x; END $$").rule()).isEqualTo("dynamic");
        assertThat(allowing("DO $$ BEGIN IF x; END $$").rule()).isEqualTo("unreadable");
    }

    @Test
    void built_in_policy_holds_every_do_and_no_definition() {
        assertThat(builtIn("DO $$ BEGIN NULL; END $$").decision()).isEqualTo(Decision.HOLD);
        assertThat(builtIn("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM t; garbage'")
                        .decision())
                .isEqualTo(Decision.ALLOW);
        assertThat(builtIn("EXPLAIN DELETE FROM t").decision()).isEqualTo(Decision.ALLOW);
    }

    private static Verdict allowing(String sql) {
        return decide(
                Objects.requireNonNull(PolicyReader.read(DO_ALLOWED, "test").policy()), sql);
    }

    private static Verdict builtIn(String sql) {
        return decide(Policy.builtIn(), sql);
    }

    private static Verdict decide(Policy policy, String sql) {
        Subject subject = new Subject("alice", "shop", "psql", "127.0.0.1");
        return policy.decide(
                SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                        .statements()
                        .get(0),
                new Circumstances(subject, Instant.parse("2026-01-01T12:00:00Z"), 1));
    }
}
