package io.sallyport.proxy.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings that the command line knows; values are read where those of file and environment are. */
final class SettingOptions {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where clients connect; 127.0.0.1:6432 unless given.")
    private @Nullable String listen;

    @Option(names = "--upstream", paramLabel = "HOST:PORT", description = "The PostgreSQL server; must be given.")
    private @Nullable String upstream;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "Where health and metrics are served, or off; 127.0.0.1:6480 unless given.")
    private @Nullable String admin;

    @Option(names = "--policy", paramLabel = "FILE", description = "The policy; the built-in one unless given.")
    private @Nullable String policy;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "What people are told that they are connected to, as in production.")
    private @Nullable String environment;

    /** What was given, by the setting's key. */
    Map<String, String> given() {
        Map<String, String> given = new HashMap<>();
        put(given, "listen", listen);
        put(given, "upstream", upstream);
        put(given, "admin", admin);
        put(given, "policy", policy);
        put(given, "environment", environment);
        return given;
    }

    private static void put(Map<String, String> given, String key, @Nullable String value) {
        if (value != null) {
            given.put(key, value);
        }
    }
}
