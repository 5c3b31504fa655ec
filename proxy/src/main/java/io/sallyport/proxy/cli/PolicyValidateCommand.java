package io.sallyport.proxy.cli;

import io.sallyport.policies.PolicyProblem;
import io.sallyport.proxy.policy.LoadedPolicy;
import io.sallyport.proxy.policy.PolicyLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** `sallyport policy validate`. */
@Command(
        name = "validate",
        description = {
            "Reads policy files with all that they include, and names every problem with its file, line and column.",
            "Exit code 0: they can be used, perhaps with warnings; 2: they cannot."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class PolicyValidateCommand implements Callable<Integer> {
    /** How the output is written. */
    enum Format {
        text,
        json
    }

    /** The output as JSON. */
    private record Result(boolean valid, List<PolicyProblem> problems, List<PolicyProblem> warnings) {}

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The policy files.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--format", paramLabel = "text|json", description = "text unless given.")
    private Format format = Format.text;

    @Override
    public Integer call() {
        List<LoadedPolicy> loaded = files.stream().map(PolicyLoader::load).toList();
        boolean valid = loaded.stream().allMatch(policy -> policy.policy() != null);
        switch (format) {
            case text -> loaded.forEach(this::print);
            case json -> spec.commandLine().getOut().println(json(valid, loaded));
        }
        spec.commandLine().getOut().flush();
        return valid ? ExitCode.DONE : ExitCode.USAGE;
    }

    private void print(LoadedPolicy loaded) {
        PrintWriter out = spec.commandLine().getOut();
        loaded.messages().forEach(out::println);
        loaded.warnings().forEach(warning -> out.println(LoadedPolicy.text(warning, "warning: ")));
        if (loaded.policy() != null) {
            out.println(loaded.file() + ": valid");
        }
    }

    private static String json(boolean valid, List<LoadedPolicy> loaded) {
        Result result = new Result(
                valid,
                loaded.stream().flatMap(policy -> policy.problems().stream()).toList(),
                loaded.stream().flatMap(policy -> policy.warnings().stream()).toList());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(result);
    }
}
