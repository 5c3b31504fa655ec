package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.HoldText;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** `sallyport holds`. */
@Command(
        name = "holds",
        description = {
            "Lists what waits for a second person at a running proxy.",
            "Exit code 0: done; 1: refused, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class HoldsCommand extends ApiCommand {
    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        return client.holds();
    }

    @Override
    List<String> lines(JsonNode answer) {
        return HoldText.list(answer, Instant.now());
    }
}
