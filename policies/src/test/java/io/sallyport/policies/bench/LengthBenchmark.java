package io.sallyport.policies.bench;

import io.sallyport.policies.analysis.Analysis;
import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What each further byte costs: the difference of two lengths, over the difference in bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LengthBenchmark {
    @Param({"in_list", "values", "literal"})
    public String shape = "in_list";

    /** How many elements, rows, or 10-byte words. */
    @Param({"100", "10000"})
    public int size = 100;

    private byte[] text = {};

    @Setup
    public void text() {
        String sql = switch (shape) {
            case "in_list" ->
                IntStream.range(0, size)
                        .mapToObj(i -> Integer.toString(1_000_000 + i))
                        .collect(Collectors.joining(", ", "SELECT * FROM t WHERE id IN (", ")"));
            case "values" ->
                IntStream.range(0, size)
                        .mapToObj(i -> "(" + i + ", 'name " + i + "', now())")
                        .collect(Collectors.joining(", ", "INSERT INTO t VALUES ", ""));
            default -> "INSERT INTO t VALUES ('" + "some words".repeat(size) + "')";
        };
        text = sql.getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public Analysis read() {
        return SqlAnalyzer.tokens(text, LexerSettings.DEFAULT);
    }
}
