package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.Authority;
import io.sallyport.proxy.config.Loopback;
import io.sallyport.proxy.config.SmallFile;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which proxy is asked, and who asks. */
final class ApiOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The proxy's admin address; SALLYPORT_URL, or http://127.0.0.1:6480, unless given.")
    private @Nullable String url;

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            description = "Your PostgreSQL user; SALLYPORT_USER, or PGUSER, unless given.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Holds the password; without it SALLYPORT_PASSWORD, or a question at the terminal.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Who signs the proxy's certificate, in PEM; without it, those whom Java trusts.")
    private @Nullable Path authority;

    ApiClient client(Map<String, String> environment) throws CommandFailure {
        URI base = base(environment);
        String role = user != null
                ? user
                : environment.getOrDefault("SALLYPORT_USER", environment.getOrDefault("PGUSER", ""));
        if (role.isEmpty()) {
            throw usage("no user is named; give --user ROLE or SALLYPORT_USER");
        }
        try {
            return new ApiClient(
                    base, role, password(role, environment), authority == null ? null : Authority.of(authority));
        } catch (ApiFailure unusable) {
            throw usage("--ca: " + unusable.getMessage());
        }
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
            throw usage("--url: the password would cross the network in the clear; expected https://");
        }
        return base;
    }

    /** Without a terminal, younger Java reads the password from where input comes. */
    @SuppressWarnings("SystemConsoleNull")
    private String password(String role, Map<String, String> environment) throws CommandFailure {
        if (passwordFile != null) {
            try {
                return new String(SmallFile.read(passwordFile), StandardCharsets.UTF_8).strip();
            } catch (IOException why) {
                throw usage("--password-file: " + passwordFile + " " + why.getMessage());
            }
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

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, List.of(message));
    }
}
