package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.config.Loopback;
import io.sallyport.proxy.config.SmallFile;
import io.sallyport.proxy.tls.Authority;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which proxy is asked, and how who asks is proved. */
final class ProxyOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The proxy's admin address; SALLYPORT_URL, or http://127.0.0.1:6480, unless given.")
    private @Nullable String url;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Holds the password; without it SALLYPORT_PASSWORD, or a question at the terminal.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds a personal access token, or one of the issuer that the proxy trusts, instead of user"
                    + " and password; SALLYPORT_TOKEN unless given.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Who signs the proxy's certificate, in PEM; without it, those whom Java trusts.")
    private @Nullable Path authority;

    /**
     * @param user who asks; null for whom the environment names
     * @param option by which a user is named
     */
    ApiClient client(Map<String, String> environment, @Nullable String user, String option) throws CommandFailure {
        URI base = base(environment);
        String authorization = authorization(environment, user, option);
        try {
            return new ApiClient(base, authorization, authority == null ? null : Authority.of(authority));
        } catch (IOException why) {
            throw usage("--ca: " + authority + " " + why.getMessage());
        }
    }

    private String authorization(Map<String, String> environment, @Nullable String user, String option)
            throws CommandFailure {
        String token =
                tokenFile == null ? environment.getOrDefault("SALLYPORT_TOKEN", "") : secret("--token-file", tokenFile);
        // What the command line names comes before what the environment has.
        if (tokenFile != null || (!token.isEmpty() && user == null && passwordFile == null)) {
            if (!token.matches("[A-Za-z0-9._~+/=-]+")) {
                throw usage(
                        "the token is none: expected a personal access token, sp_…, or what an issuer gave out, such as"
                                + " eyJ…");
            }
            return ApiClient.token(token);
        }
        String role = user != null
                ? user
                : environment.getOrDefault("SALLYPORT_USER", environment.getOrDefault("PGUSER", ""));
        if (role.isEmpty()) {
            throw usage("nobody is named; give " + option
                    + " ROLE or SALLYPORT_USER, or a token by --token-file FILE or" + " SALLYPORT_TOKEN");
        }
        return ApiClient.password(role, password(role, environment));
    }

    private URI base(Map<String, String> environment) throws CommandFailure {
        String given = url != null ? url : environment.getOrDefault("SALLYPORT_URL", "http://127.0.0.1:6480");
        URI base;
        try {
            base = URI.create(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
        } catch (IllegalArgumentException broken) {
            throw usage("--url: \"" + given + "\" is no web address");
        }
        if (base.getHost() == null || !List.of("http", "https").contains(String.valueOf(base.getScheme()))) {
            throw usage("--url: \"" + given + "\" is no web address; expected https://HOST:PORT");
        }
        if (base.getScheme().equals("http") && !Loopback.is(base.getHost())) {
            throw usage("--url: what proves who asks would cross the network in the clear; expected https://");
        }
        return base;
    }

    /** Without a terminal, younger Java reads the password from where input comes. */
    @SuppressWarnings("SystemConsoleNull")
    private String password(String role, Map<String, String> environment) throws CommandFailure {
        if (passwordFile != null) {
            return secret("--password-file", passwordFile);
        }
        String given = environment.getOrDefault("SALLYPORT_PASSWORD", "");
        if (!given.isEmpty()) {
            return given;
        }
        Console terminal = System.console();
        char[] typed = terminal == null ? null : terminal.readPassword("Password of %s: ", role);
        if (typed == null) {
            throw usage("no password; give --password-file FILE or SALLYPORT_PASSWORD");
        }
        return new String(typed);
    }

    private static String secret(String option, Path file) throws CommandFailure {
        try {
            return new String(SmallFile.read(file), StandardCharsets.UTF_8).strip();
        } catch (IOException why) {
            throw usage(option + ": " + file + " " + why.getMessage());
        }
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, List.of(message));
    }
}
