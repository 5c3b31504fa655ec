package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.KeptText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** `sallyport undo`. */
@Command(
        name = "undo",
        description = {
            "Prints what safety nets kept before something approved ran: the restore point, and the settings for a recovery to it.",
            "It changes nothing.",
            "Exit code 0: something was kept; 1: nothing was, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class UndoCommand extends ApiCommand {
    @Parameters(
            paramLabel = "CODE",
            description = "The code of the hold, or of the request for a token, such as K7Q4-F2MD.")
    private String code = "";

    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        return client.kept(code);
    }

    @Override
    List<String> lines(JsonNode answer) {
        return KeptText.lines(answer);
    }

    @Override
    List<String> remarks(JsonNode answer) {
        return KeptText.remarks(answer);
    }
}
