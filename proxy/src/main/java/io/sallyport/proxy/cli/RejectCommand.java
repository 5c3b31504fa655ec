package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.HoldText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** `sallyport reject`. */
@Command(
        name = "reject",
        description = {
            "Rejects a hold; its requester reads the reason.",
            "Exit code 0: done; 1: refused, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class RejectCommand extends ApiCommand {
    @Parameters(paramLabel = "CODE", description = "The hold's code, such as K7Q4-F2MD.")
    private String code = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; the requester reads it.")
    private String reason = "";

    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        return client.reject(code, reason);
    }

    @Override
    List<String> lines(JsonNode answer) {
        return List.of(HoldText.voted(answer));
    }
}
