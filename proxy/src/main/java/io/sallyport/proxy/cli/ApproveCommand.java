package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.HoldText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** `sallyport approve`. */
@Command(
        name = "approve",
        description = {
            "Approves a hold: it runs, once. Nobody approves their own.",
            "Exit code 0: done; 1: refused, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class ApproveCommand extends ApiCommand {
    @Parameters(paramLabel = "CODE", description = "The hold's code, such as K7Q4-F2MD.")
    private String code = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private String reason = "";

    @Option(names = "--typed", paramLabel = "NAME", description = "The name of what is dropped, where it is asked for.")
    private String typed = "";

    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        return client.approve(code, reason, typed);
    }

    @Override
    List<String> lines(JsonNode answer) {
        return List.of(HoldText.voted(answer));
    }
}
