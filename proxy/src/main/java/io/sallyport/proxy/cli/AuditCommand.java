package io.sallyport.proxy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `sallyport audit`: what can be done with an audit log. */
@Command(
        name = "audit",
        description = "Verifies audit logs, and makes keys that sign them.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {AuditVerifyCommand.class, AuditKeygenCommand.class})
final class AuditCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Nothing was asked for. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
