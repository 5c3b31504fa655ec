package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The control database, which holds what replicas share and what outlives a restart.
 *
 * @param url `jdbc:h2:file:PATH`, `jdbc:h2:mem:`, or `jdbc:postgresql:…`
 * @param user login role, for PostgreSQL
 * @param passwordFile its password; null for none
 * @param keep for how long what has ended is kept
 */
public record ControlSettings(
        String url, String user, @Nullable Path passwordFile, Duration keep) {
    private static final String H2_FILE = "jdbc:h2:file:";

    static final String DEFAULT_URL = H2_FILE + "./sallyport-data/control";
    static final String DEFAULT_USER = "sallyport";
    static final Duration DEFAULT_KEEP = Duration.ofDays(90);

    /** A file for this process alone. */
    public static final ControlSettings DEFAULTS = new ControlSettings(DEFAULT_URL, DEFAULT_USER, null, DEFAULT_KEEP);

    /** Nothing outlives the process. */
    public static final ControlSettings IN_MEMORY =
            new ControlSettings("jdbc:h2:mem:", DEFAULT_USER, null, DEFAULT_KEEP);

    /** Whether several proxies can use it at once. */
    public boolean shared() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Where H2 keeps it, without its suffix; null where it is in memory or another server's. */
    public @Nullable Path file() {
        return url.startsWith(H2_FILE) ? Path.of(url.substring(H2_FILE.length())) : null;
    }

    /** @throws IllegalArgumentException for anything else */
    static String parse(String text) {
        if (text.matches("jdbc:h2:(file:[^;]+|mem:)")) {
            return text;
        } else if (!text.matches("jdbc:postgresql:(//[^\\s?]+|[^/\\s?]+)(\\?\\S*)?")) {
            throw new IllegalArgumentException("\"" + text.replaceAll("//[^@/]*@", "//…@") + "\" is none of these");
        } else if (text.matches(".*[?&](user|password)=.*|.*//[^/]*@.*")) {
            throw new IllegalArgumentException(
                    "user and password do not belong here: set control.user and control.password_file");
        }
        return text;
    }
}
