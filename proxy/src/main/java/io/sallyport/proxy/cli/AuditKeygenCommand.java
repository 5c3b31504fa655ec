package io.sallyport.proxy.cli;

import io.sallyport.proxy.audit.chain.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `sallyport audit keygen`. */
@Command(
        name = "keygen",
        description = {
            "Writes a new private key for the setting audit.key, and prints the public one, for audit verify.",
            "Keep the public key where the proxy's machine cannot change it."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class AuditKeygenCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The private key; a file that is there is not overwritten.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Override
    public Integer call() throws CommandFailure {
        SigningKey key = SigningKey.generate();
        try {
            create();
            Files.write(file, key.pem().getBytes(StandardCharsets.US_ASCII));
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(ExitCode.USAGE, file + " exists already and is not overwritten", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, file + " cannot be written: " + e, e);
        }
        spec.commandLine().getOut().print(key.verifying().pem());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }

    private void create() throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }
}
