package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which proxy is asked, and who asks. */
final class ApiOptions {
    @Mixin
    private final ProxyOptions proxy = new ProxyOptions();

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            description = "Your PostgreSQL user; SALLYPORT_USER, or PGUSER, unless given.")
    private @Nullable String user;

    ApiClient client(Map<String, String> environment) throws CommandFailure {
        return proxy.client(environment, user, "--user");
    }
}
