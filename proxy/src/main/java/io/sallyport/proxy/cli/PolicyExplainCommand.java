package io.sallyport.proxy.cli;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.Analysis;
import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.proxy.check.Explanation;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `sallyport policy explain`. */
@Command(
        name = "explain",
        description =
                "Tells the rules in words and in order; with --sql, which rule decides, and why those before it do not.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class PolicyExplainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The policy; the built-in one unless given.")
    private @Nullable Path file;

    @Option(
            names = "--sql",
            paramLabel = "TEXT",
            description = "A string of SQL to explain the decision on; may be repeated.")
    private List<String> texts = new ArrayList<>();

    @Mixin
    private final SubjectOptions subject = new SubjectOptions();

    @Option(names = "--at", paramLabel = "INSTANT", description = "When, as in 2026-11-21T02:00:00Z; now unless given.")
    private @Nullable Instant at;

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    @Override
    public Integer call() throws CommandFailure {
        Policy policy = PolicyFile.read(file);
        PrintWriter out = spec.commandLine().getOut();
        Explanation explanation = new Explanation(policy);
        List<String> lines = new ArrayList<>();
        if (texts.isEmpty()) {
            lines.addAll(explanation.rules());
        }
        Instant now = at == null ? Instant.now() : at;
        for (String text : texts) {
            Analysis analysis = SqlAnalyzer.complete(text.getBytes(StandardCharsets.UTF_8), reading.settings());
            int count = analysis.statements().size();
            Circumstances circumstances = new Circumstances(subject.subject(), now, count);
            analysis.statements().forEach(statement -> lines.addAll(explanation.statement(statement, circumstances)));
        }
        lines.forEach(out::println);
        out.flush();
        return ExitCode.DONE;
    }
}
