package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.AccessText;
import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** `sallyport access-token list`. */
@Command(
        name = "list",
        description = {
            "Lists your tokens that still work, never with their secrets.",
            "Exit code 0: done; 1: refused, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class AccessTokenListCommand extends ApiCommand {
    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        return client.accessTokens();
    }

    @Override
    List<String> lines(JsonNode answer) {
        return AccessText.list(answer);
    }
}
