package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.KeptText;
import io.sallyport.proxy.client.UndoWait;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** `sallyport undo`. */
@Command(
        name = "undo",
        description = {
            "Prints what safety nets kept before something approved ran: the SQL that brings kept rows back; the restore point, and the settings for a recovery to it.",
            "It changes nothing, but with --run: then it asks a second person whether kept rows are brought back, and waits for that.",
            "Exit code 0: something was kept, or brought back; 1: nothing was, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class UndoCommand extends ApiCommand {
    @Parameters(
            paramLabel = "CODE",
            description = "The code of the hold, or of the request for a token, such as K7Q4-F2MD.")
    private String code = "";

    @Option(names = "--run", description = "Brings kept rows back, once a second person has approved that.")
    private boolean run;

    @Option(names = "--no-wait", description = "With --run: prints the code of the hold, and does not wait for it.")
    private boolean noWait;

    @Option(names = "--reason", paramLabel = "TEXT", description = "With --run: why; whoever approves reads it.")
    private String reason = "";

    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        if (!run) {
            return client.kept(code);
        }
        return noWait ? client.undo(code, reason) : new UndoWait(client, code, this::tell).run(reason);
    }

    @Override
    List<String> lines(JsonNode answer) {
        return run && noWait ? List.of(answer.path("code").asString("")) : KeptText.lines(answer);
    }

    @Override
    List<String> remarks(JsonNode answer) {
        return run ? List.of() : KeptText.remarks(answer);
    }
}
