package io.sallyport.proxy.cli;

import io.sallyport.proxy.replay.log.LogInput;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** How far the logs are read: a bar on standard error, at a terminal and for files of some length only. */
final class ReplayProgress implements LongConsumer, AutoCloseable {
    /** Read before one would look for a bar. */
    private static final long SHORT = 64L << 20;

    private static final long MEGABYTE = 1 << 20;

    private final @Nullable ProgressBar bar;

    private ReplayProgress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static ReplayProgress of(List<String> logs) {
        long bytes = logs.stream().mapToLong(ReplayProgress::length).sum();
        boolean shown = Boolean.getBoolean(Banner.AT_TERMINAL) && bytes >= SHORT;
        return new ReplayProgress(shown ? bar(bytes) : null);
    }

    private static ProgressBar bar(long bytes) {
        return new ProgressBarBuilder()
                .setTaskName("replay")
                .setInitialMax(bytes)
                .setUnit(" MiB", MEGABYTE)
                .showSpeed()
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    /** What is not there will be reported when it is opened. */
    private static long length(String log) {
        return log.equals(LogInput.STANDARD_INPUT) ? 0 : Path.of(log).toFile().length();
    }

    @Override
    public void accept(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
