package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.RequestText;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** `sallyport requests`. */
@Command(
        name = "requests",
        description = {
            "Lists what an approval token can be granted for, or shows one request, whole.",
            "Exit code 0: done; 1: refused, or the proxy cannot be asked; 2: a usage error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class RequestsCommand extends ApiCommand {
    @Parameters(paramLabel = "CODE", arity = "0..1", description = "A request's code, such as K7Q4-F2MD.")
    private String code = "";

    @Override
    JsonNode ask(ApiClient client) throws ApiFailure {
        return code.isEmpty() ? client.requests() : client.request(code);
    }

    @Override
    List<String> lines(JsonNode answer) {
        return code.isEmpty() ? RequestText.list(answer, Instant.now()) : RequestText.whole(answer);
    }
}
