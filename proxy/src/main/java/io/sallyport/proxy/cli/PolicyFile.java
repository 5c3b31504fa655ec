package io.sallyport.proxy.cli;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.policy.LoadedPolicy;
import io.sallyport.proxy.policy.PolicyLoader;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the policy that a command works with. */
final class PolicyFile {
    private PolicyFile() {}

    /** Without a file, the built-in policy. */
    static Policy read(@Nullable Path file) throws CommandFailure {
        LoadedPolicy loaded = load(file);
        return loaded == null ? Policy.builtIn() : Objects.requireNonNull(loaded.policy());
    }

    /** Without problems; null without a file. */
    static @Nullable LoadedPolicy load(@Nullable Path file) throws CommandFailure {
        LoadedPolicy loaded = file == null ? null : PolicyLoader.load(file);
        if (loaded != null && loaded.policy() == null) {
            throw new CommandFailure(ExitCode.USAGE, loaded.messages());
        }
        return loaded;
    }
}
