package io.sallyport.proxy.demo;

import io.sallyport.proxy.config.ProxyConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sallyport demo}: exit code 0 when it ended as it should, 1 when a step of the script was not as it must be. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a PostgreSQL with a sample shop and the proxy in front of it, and prints what to paste into two terminals.",
            "Everything is temporary and on loopback; Ctrl-C removes it."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--script", description = "Play the stories by itself, print what each side saw, and end.")
    private boolean script;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where the proxy listens; 0 takes a free port. Default: 6432, with --script a free one.")
    private @Nullable Integer port;

    @Option(
            names = "--page-port",
            paramLabel = "PORT",
            defaultValue = "6480",
            description =
                    "Where the page for approvers is; 0 takes a free port. Default: 6480, with --script a free one.")
    private int pagePort;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Where the PostgreSQL behind it listens; 0, the default, takes a free port.")
    private int postgresPort;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        int proxyPort = port != null ? port : script ? 0 : ProxyConfig.DEFAULT_LISTEN.port();
        try (Cleanup cleanup = new Cleanup()) {
            Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "demo-cleanup"));
            return run(cleanup, proxyPort, new Transcript(out), out);
        }
    }

    private int run(Cleanup cleanup, int proxyPort, Transcript transcript, PrintWriter out) throws Exception {
        Path folder = cleanup.folder();
        transcript.print("Starting a PostgreSQL of its own with a sample shop …");
        DemoServer server = cleanup.own(() -> DemoServer.start(folder, postgresPort));
        SampleShop.create(server);
        DemoBackups backups = DemoBackups.in(folder);
        backups.ended(Duration.ofMinutes(10));
        DemoProxy proxy = cleanup.own(() -> DemoProxy.start(
                server.endpoint(),
                proxyPort,
                script ? Integer.valueOf(0) : Integer.valueOf(pagePort),
                DemoPolicy.text(),
                folder));
        if (script) {
            return new DemoScript(
                                    server,
                                    proxy.endpoint(),
                                    proxy.page(),
                                    proxy.auditFile(),
                                    backups,
                                    transcript,
                                    PATIENCE)
                            .play()
                    ? 0
                    : 1;
        }
        DemoGuide.print(out, proxy.endpoint(), proxy.page(), proxy.policyFile(), proxy.auditFile(), backups.document());
        new CountDownLatch(1).await();
        return 0;
    }
}
