package io.sallyport.proxy.cli;

import io.sallyport.policies.Policy;
import io.sallyport.policies.rule.Subject;
import io.sallyport.proxy.check.Checker;
import io.sallyport.proxy.check.JsonReport;
import io.sallyport.proxy.check.Judge;
import io.sallyport.proxy.check.Palette;
import io.sallyport.proxy.check.Report;
import io.sallyport.proxy.check.Tally;
import io.sallyport.proxy.check.TextReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** `sallyport check`: verdicts without a server. */
@Command(
        name = "check",
        description = {
            "Says what a policy decides of SQL, without a server.",
            "Files and standard input are read as psql reads a script, statement by statement; --sql is one string"
                    + " that a client sends as a whole.",
            "Exit code 0: all would be allowed; 1: something would not; 2: usage or configuration error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");

    /** How the output is written. */
    enum Format {
        text,
        json,
        jsonl
    }

    /** What files and standard input hold. */
    enum Input {
        sql,
        jsonl
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Parameters(paramLabel = "FILE", description = "What to check; - or none at all is standard input.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--sql", paramLabel = "TEXT", description = "A string of SQL; may be repeated.")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--policy", paramLabel = "FILE", description = "The policy; the built-in one unless given.")
    private @Nullable Path policy;

    @Mixin
    private final SubjectOptions subject = new SubjectOptions();

    @Option(names = "--at", paramLabel = "INSTANT", description = "When, as in 2026-11-21T02:00:00Z; now unless given.")
    private @Nullable Instant at;

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    @Option(names = "--input", paramLabel = "sql|jsonl", description = "jsonl: one {\"sql\": \"…\"} a line.")
    private Input input = Input.sql;

    @Option(names = "--format", paramLabel = "text|json|jsonl", description = "text unless given.")
    private Format format = Format.text;

    @Override
    public Integer call() throws CommandFailure {
        Policy rules = PolicyFile.read(policy);
        Subject who = subject.subject();
        PrintWriter err = spec.commandLine().getErr();
        if (files.isEmpty() && texts.isEmpty()) {
            files.add(STANDARD_INPUT);
        }
        Tally tally = new Tally();
        Report report = report(tally);
        Checker checker =
                new Checker(new Judge(rules, who, at == null ? Instant.now() : at), reading.settings(), report);
        try {
            check(checker);
            report.finish();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
        }
        if (rules.observes()) {
            err.println("sallyport: the policy observes: it would decide so, and let everything pass");
        }
        if (checker.metaCommands() > 0) {
            err.println("sallyport: commands of psql itself (lines that begin with \\) were passed over unjudged: "
                    + checker.metaCommands());
        }
        return tally.isAllAllowed() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private Report report(Tally tally) {
        PrintWriter out = spec.commandLine().getOut();
        boolean several = input == Input.jsonl || files.size() + texts.size() > 1;
        return switch (format) {
            case text -> new TextReport(out, palette(), tally);
            case json -> new JsonReport(out, several ? JsonReport.Layout.ARRAY : JsonReport.Layout.OBJECT, tally);
            case jsonl -> new JsonReport(out, JsonReport.Layout.LINES, tally);
        };
    }

    /** The launcher tells whether standard output is a terminal; NO_COLOR is a convention (no-color.org). */
    private Palette palette() {
        boolean wanted = main.environment().getOrDefault("NO_COLOR", "").isEmpty()
                && !main.environment().getOrDefault("TERM", "").equals("dumb");
        return wanted && Boolean.getBoolean("sallyport.terminal.output") ? Palette.COLOURED : Palette.PLAIN;
    }

    private void check(Checker checker) throws IOException, CommandFailure {
        for (int i = 0; i < texts.size(); i++) {
            String name = texts.size() == 1 ? "--sql" : "--sql[" + (i + 1) + "]";
            checker.string(name, texts.get(i).getBytes(StandardCharsets.UTF_8));
        }
        for (Path file : files) {
            if (file.equals(STANDARD_INPUT)) {
                check(checker, "<stdin>", main.input());
            } else {
                try (InputStream in = open(file)) {
                    check(checker, file.toString(), in);
                }
            }
        }
    }

    private void check(Checker checker, String name, InputStream in) throws IOException {
        switch (input) {
            case sql -> checker.script(name, in);
            case jsonl -> checker.lines(name, in, spec.commandLine().getOut()::flush);
        }
    }

    private static InputStream open(Path file) throws CommandFailure {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a folder");
            }
            return Files.newInputStream(file);
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException
                    ? "no such file"
                    : e instanceof AccessDeniedException ? "permission denied" : "cannot be read: " + e.getMessage();
            throw new CommandFailure(ExitCode.USAGE, file + ": " + why, e);
        }
    }
}
