package io.sallyport.proxy.cli;

import io.sallyport.proxy.policy.StartingPolicy;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `sallyport policy init`. */
@Command(
        name = "init",
        description = "Writes a policy to begin with: the built-in one with its comments, and examples to uncomment.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class PolicyInitCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Where to write; standard output unless given.")
    private @Nullable Path file;

    @Option(names = "--force", description = "Overwrite the file when there is one.")
    private boolean force;

    @Override
    public Integer call() throws CommandFailure {
        if (file == null) {
            spec.commandLine().getOut().print(StartingPolicy.text());
            spec.commandLine().getOut().flush();
            return ExitCode.DONE;
        }
        try {
            if (force) {
                Files.writeString(file, StartingPolicy.text());
            } else {
                Files.writeString(file, StartingPolicy.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(ExitCode.USAGE, file + ": exists already; --force overwrites it", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, file + ": cannot be written: " + e, e);
        }
        spec.commandLine().getOut().println("wrote " + file + "; try it with: sallyport check --policy " + file);
        return ExitCode.DONE;
    }
}
