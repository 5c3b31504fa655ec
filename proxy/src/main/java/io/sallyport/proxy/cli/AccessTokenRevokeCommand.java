package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.AccessText;
import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** `sallyport access-token revoke`. */
@Command(
        name = "revoke",
        description = {
            "Ends one of your tokens, at once.",
            "Exit code 0: done; 1: refused, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class AccessTokenRevokeCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The token's id, as list prints it; not its secret.")
    private String id = "";

    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        return client.revokeAccessToken(id);
    }

    @Override
    List<String> lines(JsonNode answer) {
        return List.of(AccessText.revoked(answer));
    }
}
