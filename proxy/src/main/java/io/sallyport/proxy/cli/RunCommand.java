package io.sallyport.proxy.cli;

import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.policy.LoadedPolicy;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** `sallyport run`: the proxy, until it is told to stop. */
@Command(
        name = "run",
        description = {
            "Runs the proxy in front of a PostgreSQL server.",
            "Every setting can also be written in a YAML file or as an environment variable SALLYPORT_…;"
                    + " the command line wins. SIGTERM or Ctrl-C lets sessions end, then stops."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws CommandFailure {
        ProxyConfig config = options.read(main.environment());
        LoadedPolicy policy = PolicyFile.load(config.policy());
        try (RunningProxy running = RunningProxy.start(config, policy)) {
            Thread hook = new Thread(() -> stop(running), "stop");
            Runtime.getRuntime().addShutdownHook(hook);
            Banner.show(running, config, spec.commandLine().getErr());
            awaitInterrupt();
            Runtime.getRuntime().removeShutdownHook(hook);
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    /** A signal ends the process by the hook; only who runs the command inside a process of their own interrupts. */
    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Having been asked to stop, and having stopped, is success: the JVM alone would answer 143 or 130. */
    private static void stop(RunningProxy running) {
        running.close();
        LogSettings.flush();
        Runtime.getRuntime().halt(ExitCode.DONE);
    }
}
