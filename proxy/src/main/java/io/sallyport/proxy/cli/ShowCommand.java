package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.HoldText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** `sallyport show`. */
@Command(
        name = "show",
        description = {
            "Shows one hold: who asks, the exact text, parameters, which rule and why.",
            "Exit code 0: done; 1: refused, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class ShowCommand extends ApiCommand {
    @Parameters(paramLabel = "CODE", description = "The hold's code, such as K7Q4-F2MD.")
    private String code = "";

    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        return client.show(code);
    }

    @Override
    List<String> lines(JsonNode answer) {
        return HoldText.whole(answer);
    }
}
