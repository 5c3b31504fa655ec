package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command that asks a running proxy one thing, and prints the answer. */
abstract class ApiCommand implements Callable<Integer> {
    /** How the output is written. */
    enum Format {
        text,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final ApiOptions options = new ApiOptions();

    @Option(names = "--format", paramLabel = "text|json", description = "text unless given.")
    private Format format = Format.text;

    abstract JsonNode ask(ApiClient client) throws ApiFailure;

    abstract List<String> lines(JsonNode answer);

    /** What a person should know, and a script should not read; for standard error. */
    List<String> remarks(JsonNode answer) {
        return List.of();
    }

    /** For a person who waits, at once. */
    final void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    @Override
    public final Integer call() throws CommandFailure {
        JsonNode answer;
        try {
            answer = ask(options.client(((Main) spec.root().userObject()).environment()));
        } catch (ApiFailure failure) {
            throw new CommandFailure(ExitCode.REFUSED, String.valueOf(failure.getMessage()), failure);
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json ->
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(answer));
            case text -> {
                lines(answer).forEach(out::println);
                remarks(answer).forEach(spec.commandLine().getErr()::println);
            }
        }
        out.flush();
        return ExitCode.DONE;
    }
}
