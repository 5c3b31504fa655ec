package io.sallyport.proxy.config;

import java.time.Duration;

/**
 * The page and the API for approvers.
 *
 * @param enabled whether the admin server has them
 * @param url where people open the page, as messages name it; empty names none
 * @param database where a person's password is proved
 * @param idle a session of the page that is not used so long ends
 * @param longest a session of the page ends after this long
 */
public record PageSettings(boolean enabled, String url, String database, Duration idle, Duration longest) {
    public static final PageSettings DEFAULTS =
            new PageSettings(true, "", "postgres", Duration.ofHours(1), Duration.ofHours(12));
}
