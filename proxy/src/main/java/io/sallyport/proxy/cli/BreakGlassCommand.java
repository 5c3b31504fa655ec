package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.HoldText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** `sallyport break-glass`. */
@Command(
        name = "break-glass",
        description = {
            "Releases a hold of your own, alone, in an emergency, where its rule lets you. It is recorded, and others are told.",
            "Exit code 0: done; 1: refused, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class BreakGlassCommand extends ApiCommand {
    @Parameters(paramLabel = "CODE", description = "The hold's code, such as K7Q4-F2MD.")
    private String code = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why it cannot wait; it is recorded, and others are told.")
    private String reason = "";

    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        return client.breakGlass(code, reason);
    }

    @Override
    List<String> lines(JsonNode answer) {
        return List.of(HoldText.voted(answer));
    }
}
