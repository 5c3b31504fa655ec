package io.sallyport.proxy.cli;

import io.sallyport.proxy.config.ConfigException;
import io.sallyport.proxy.config.ConfigProblem;
import io.sallyport.proxy.config.ConfigReader;
import io.sallyport.proxy.config.ProxyConfig;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command's settings come from: file, environment, command line. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings, in YAML; SALLYPORT_CONFIG unless given.")
    private @Nullable Path file;

    @Mixin
    private final SettingOptions options = new SettingOptions();

    ProxyConfig read(Map<String, String> environment) throws CommandFailure {
        try {
            return ConfigReader.read(file(environment), environment, options.given());
        } catch (ConfigException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    e.problems().stream().map(ConfigProblem::toString).toList());
        }
    }

    private @Nullable Path file(Map<String, String> environment) {
        String named = environment.getOrDefault("SALLYPORT_CONFIG", "");
        return file != null || named.isEmpty() ? file : Path.of(named);
    }
}
