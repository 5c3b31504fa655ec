package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.AccessText;
import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** `sallyport access-token create`. */
@Command(
        name = "create",
        description = {
            "Makes a token for your own role, and prints it, once, alone on standard output.",
            "Exit code 0: done; 1: refused, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class AccessTokenCreateCommand extends ApiCommand {
    @Option(names = "--label", required = true, paramLabel = "TEXT", description = "What it is for.")
    private String label = "";

    @Option(names = "--for", paramLabel = "DURATION", description = "How long it works, such as 8h, or 30d.")
    private String life = "";

    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        return client.makeAccessToken(label, life);
    }

    @Override
    List<String> lines(JsonNode answer) {
        return List.of(AccessText.secret(answer));
    }

    @Override
    List<String> remarks(JsonNode answer) {
        return List.of(AccessText.made(answer));
    }
}
