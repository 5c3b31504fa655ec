package io.sallyport.policies.bench;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.Analysis;
import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Subject;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Statements as an application sends them: read for the first time, found again, and decided on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AnalysisBenchmark {
    private static final Map<String, String> STATEMENTS = Map.of(
            "point_read",
            "SELECT id, name, email, created_at FROM users WHERE id = $1",
            "join",
            "SELECT o.id, o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = $1 "
                    + "AND o.created_at > now() - interval '1 day' ORDER BY o.created_at DESC LIMIT 50",
            "insert",
            "INSERT INTO orders (customer_id, status, total) VALUES ($1, 'new', $2) RETURNING id",
            "update",
            "UPDATE accounts SET balance = balance + $1, updated_at = now() WHERE id = $2 AND version = $3",
            "delete",
            "DELETE FROM sessions WHERE user_id = $1 AND expires_at < now()",
            "commit",
            "COMMIT");

    @Param({"point_read", "join", "insert", "update", "delete", "commit"})
    public String statement = "point_read";

    private final AnalysisCache cache = new AnalysisCache(1 << 20);
    private final Policy policy = Policy.builtIn();
    private final Circumstances circumstances = new Circumstances(
            new Subject("app", "shop", "orders-service", "10.0.0.7"), Instant.parse("2026-01-01T12:00:00Z"), 1);
    private byte[] text = {};

    @Setup
    public void text() {
        text = STATEMENTS.getOrDefault(statement, "").getBytes(StandardCharsets.UTF_8);
    }

    /** Lexer and token readers: what a text costs that was never seen. */
    @Benchmark
    public Analysis read() {
        return SqlAnalyzer.tokens(text, LexerSettings.DEFAULT);
    }

    /** What a text costs that was seen before: found, and decided on by the built-in policy. */
    @Benchmark
    public Verdict decideAgain() {
        Analysis analysis = cache.quick(text, LexerSettings.DEFAULT);
        return policy.decide(analysis.statements().get(0), circumstances);
    }
}
