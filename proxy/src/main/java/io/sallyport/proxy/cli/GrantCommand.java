package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.RequestText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** `sallyport grant`. */
@Command(
        name = "grant",
        description = {
            "Hands out an approval token: for what was refused or held, by its code, or for all statements of a file that"
                    + " need one. The token alone is on standard output, once.",
            "Exit code 0: done; 1: refused, more have to grant, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class GrantCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Parameters(paramLabel = "CODE", arity = "0..1", description = "A request's code, such as K7Q4-F2MD.")
    private String code = "";

    @Mixin
    private final ScriptOptions script = new ScriptOptions();

    @Mixin
    private final ProxyOptions proxy = new ProxyOptions();

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            description = "Your PostgreSQL user; SALLYPORT_USER, or PGUSER, unless given.")
    private @Nullable String approver;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private String reason = "";

    @Option(names = "--typed", paramLabel = "NAME", description = "The name of what is dropped, where it is asked for.")
    private String typed = "";

    @Option(names = "--for", paramLabel = "TIME", description = "How long it is good, such as 30m or 2h.")
    private String lasts = "";

    @Option(
            names = "--rows",
            paramLabel = "COUNT",
            description =
                    "How many rows each of its statements may change; one that changes more is rolled back. For INSERT,"
                            + " UPDATE and DELETE.")
    private @Nullable Long rows;

    @Option(names = "--format", paramLabel = "text|json", description = "text unless given.")
    private ApiCommand.Format format = ApiCommand.Format.text;

    @Override
    public Integer call() throws CommandFailure {
        script.check(code);
        ApiClient client = proxy.client(main.environment(), approver, "--as");
        try {
            return told(script.given() ? byFile(client) : client.grant(code, terms()));
        } catch (ApiFailure failure) {
            throw new CommandFailure(ExitCode.REFUSED, String.valueOf(failure.getMessage()), failure);
        }
    }

    /** As the API takes them. */
    private Map<String, Object> terms() {
        Map<String, Object> terms = new LinkedHashMap<>(Map.of("reason", reason, "typed", typed, "lasts", lasts));
        if (rows != null) {
            terms.put("rows", rows);
        }
        return terms;
    }

    private JsonNode byFile(ApiClient client) throws ApiFailure, CommandFailure {
        PrintWriter err = spec.commandLine().getErr();
        ScriptGrant grant = new ScriptGrant(client, script.body(terms()));
        JsonNode plan = grant.preview();
        grant.lines(script.name()).forEach(err::println);
        err.flush();
        if (plan.path("covered").asInt() == 0) {
            throw refused("nothing in it needs a token; nothing was granted");
        } else if (plan.path("denied").asInt() > 0) {
            throw refused("something in it is denied, whatever token there is; nothing was granted");
        }
        script.confirm();
        return grant.carryOut();
    }

    private static CommandFailure refused(String why) {
        return new CommandFailure(ExitCode.REFUSED, List.of(why));
    }

    private int told(JsonNode grant) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        String token = grant.path("token").asString("");
        switch (format) {
            case json ->
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(grant));
            case text -> {
                RequestText.granted(grant).forEach(err::println);
                if (!token.isEmpty()) {
                    out.println(token);
                }
            }
        }
        err.flush();
        out.flush();
        return token.isEmpty() ? ExitCode.REFUSED : ExitCode.DONE;
    }
}
