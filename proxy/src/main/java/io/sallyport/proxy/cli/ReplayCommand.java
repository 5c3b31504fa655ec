package io.sallyport.proxy.cli;

import io.sallyport.policies.Policy;
import io.sallyport.policies.decision.Decision;
import io.sallyport.proxy.replay.LogReplay;
import io.sallyport.proxy.replay.Memberships;
import io.sallyport.proxy.replay.Summariser;
import io.sallyport.proxy.replay.Summary;
import io.sallyport.proxy.replay.log.LogException;
import io.sallyport.proxy.replay.log.LogFormat;
import io.sallyport.proxy.replay.log.LogInput;
import io.sallyport.proxy.replay.report.JsonReport;
import io.sallyport.proxy.replay.report.TextReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `sallyport replay`: what a policy would have stopped. */
@Command(
        name = "replay",
        description = {
            "Feeds logs of PostgreSQL (csvlog, jsonlog, stderr; also packed by gzip) or Sallyport's own audit log"
                    + " through a policy, and says what would have been stopped, how often and for whom.",
            "Exit code: 0 when nothing would be stopped, 1 when something would, 2 when a log cannot be read."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    /** How the summary is written. */
    enum ReportFormat {
        text,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "LOG", arity = "1..*", description = "Logs, in order; - is standard input.")
    private List<String> logs = List.of();

    @Option(names = "--policy", paramLabel = "FILE", description = "The built-in policy unless given.")
    private @Nullable Path policy;

    @Option(
            names = "--input",
            paramLabel = "FORMAT",
            converter = WordConverter.OfLogFormat.class,
            description = "How the logs are written: csvlog, jsonlog, stderr, audit. Found out unless given.")
    private @Nullable LogFormat input;

    @Option(
            names = "--log-line-prefix",
            paramLabel = "PREFIX",
            description = "The server's setting (SHOW log_line_prefix), for stderr. Found out unless given.")
    private @Nullable String linePrefix;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How the summary is written: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ReportFormat format = ReportFormat.text;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many users, applications, fingerprints. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Option(
            names = "--only",
            paramLabel = "DECISION",
            split = ",",
            converter = WordConverter.OfDecision.class,
            description =
                    "Show fingerprints of these decisions: allow, delay, confirm, hold, deny. Default: all but allow.")
    private Set<Decision> only = EnumSet.complementOf(EnumSet.of(Decision.ALLOW));

    @Option(
            names = "--roles",
            paramLabel = "USER=ROLE[,ROLE]",
            description = "Roles that a user is a member of, for rules that ask for them; may be repeated.")
    private Map<String, String> roles = Map.of();

    @Option(
            names = "--include-errors",
            description = "Replay strings too that are in the log only because they failed.")
    private boolean includeErrors;

    @Option(
            names = "--show-literals",
            description = "Show one example of each fingerprint with its values; passwords stay masked.")
    private boolean showLiterals;

    @Mixin
    private final ReplayFilterOptions filter = new ReplayFilterOptions();

    @Override
    public Integer call() throws CommandFailure {
        Policy read = PolicyFile.read(policy);
        LogReplay replay = new LogReplay(
                read, new Memberships(memberships()), filter.filter(), includeErrors, filter.zone(), filter.hours());
        LogInput.Options options = new LogInput.Options(input, linePrefix);
        try (ReplayProgress progress = ReplayProgress.of(logs)) {
            for (String log : logs) {
                replay.read(log, System.in, options, progress);
            }
        } catch (LogException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
        String name = policy == null ? "built-in" : policy.toString();
        Summary summary = replay.summary(name, new Summariser.Options(top, only, showLiterals));
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> TextReport.write(summary, filter.hours(), out);
            case json -> JsonReport.write(summary, out);
        }
        return summary.stopped() == 0 ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private Map<String, Set<String>> memberships() {
        return roles.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        user -> Set.copyOf(Arrays.asList(user.getValue().split(",")))));
    }
}
