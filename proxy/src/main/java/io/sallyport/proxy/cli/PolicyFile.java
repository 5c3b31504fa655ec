package io.sallyport.proxy.cli;

import io.sallyport.policies.Policy;
import io.sallyport.policies.PolicyProblem;
import io.sallyport.policies.PolicyReader;
import io.sallyport.policies.PolicyReading;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the policy that a command works with. */
final class PolicyFile {
    private PolicyFile() {}

    /** Without a file, the built-in policy. */
    static Policy read(@Nullable Path file) throws CommandFailure {
        if (file == null) {
            return Policy.builtIn();
        }
        PolicyReading reading = PolicyReader.read(text(file), file.toString());
        Policy policy = reading.policy();
        if (policy == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    reading.problems().stream().map(PolicyProblem::toString).toList());
        }
        return policy;
    }

    private static String text(Path file) throws CommandFailure {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static CommandFailure unreadable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException
                ? "no such file"
                : e instanceof CharacterCodingException ? "not UTF-8 text" : "cannot be read: " + e;
        return new CommandFailure(ExitCode.USAGE, file + ": " + why, e);
    }
}
