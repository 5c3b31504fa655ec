package io.sallyport.policies.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Every benchmark runs: a moment each in a build, as long as a figure needs with {@code -Pbench}. Never judges a time. */
class BenchmarksTest {
    private static final String A_MOMENT = "-f 0 -wi 0 -i 1 -r 10ms -foe true -v SILENT";

    @Test
    void every_benchmark_runs() throws RunnerException, CommandLineOptionException {
        // Builds of two clones may measure side by side; only figures must not.
        System.setProperty("jmh.ignoreLock", "true");
        String arguments = System.getProperty("bench.arguments", A_MOMENT);
        Collection<RunResult> results =
                new Runner(new CommandLineOptions(("io.sallyport " + arguments).split(" "))).run();
        assertThat(results).hasSize(2 * 6 + 3 * 2);
    }
}
