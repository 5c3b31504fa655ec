package io.sallyport.proxy.cli;

import io.sallyport.proxy.audit.chain.VerifyingKey;
import io.sallyport.proxy.audit.verify.AuditVerifier;
import io.sallyport.proxy.audit.verify.Report;
import io.sallyport.proxy.audit.verify.ReportText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `sallyport audit verify`. */
@Command(
        name = "verify",
        description = {
            "Proves that an audit log is what was written, or names the first line that was edited, removed, inserted or"
                    + " moved.",
            "Exit code: 0 when it is intact, 1 when it is not, 2 when it cannot be read."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {
    /** How the output is written. */
    enum Format {
        text,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Logs, renamed ones too, also packed by gzip, in any order; a folder stands for all in it.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "Checkpoints must be signed by this key; may be repeated.")
    private List<Path> keys = new ArrayList<>();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint that was kept elsewhere; the log must reach it. FILE.checkpoint beside a log is"
                    + " read anyway. May be repeated.")
    private List<Path> checkpoints = new ArrayList<>();

    @Option(
            names = "--complete",
            description = "The log must begin with line number 1 and end with a checkpoint, as after an orderly stop.")
    private boolean complete;

    @Option(names = "--format", paramLabel = "text|json", description = "text unless given.")
    private Format format = Format.text;

    @Override
    public Integer call() throws CommandFailure {
        Report report = verify();
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> ReportText.lines(report, !keys.isEmpty()).forEach(out::println);
            case json -> out.println(ReportText.json(report));
        }
        out.flush();
        return report.intact() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private Report verify() throws CommandFailure {
        try {
            List<VerifyingKey> known = new ArrayList<>();
            for (Path key : keys) {
                known.add(VerifyingKey.load(key));
            }
            return new AuditVerifier(known, checkpoints, complete).verify(files);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getFile() + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getFile() + " cannot be read: permission denied", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
