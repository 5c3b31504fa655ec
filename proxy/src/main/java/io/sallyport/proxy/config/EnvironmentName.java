package io.sallyport.proxy.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stands behind the proxy, as people are told; the only place that knows which names mean production.
 *
 * @param name empty when nobody said
 */
public record EnvironmentName(String name, Kind kind) {
    /** How much a mistake costs there, and so the colour that marks it. */
    public enum Kind {
        PRODUCTION,
        STAGING,
        OTHER
    }

    /** Names in small letters match; the syntax is one that the server's {@code ~} reads too, so that psql can ask it. */
    public static final String PRODUCTION = "(^|[^a-z])(prod|prd|production|live)([^a-z]|$)";

    /** Names that match {@link #PRODUCTION} and say that they are something else. */
    public static final String BEFORE = "(pre|non|not|un)[^a-z]?(prod|prd|production|live)";

    public static final String STAGING =
            "(^|[^a-z])(stag|stage|staging|stg|uat|pre[^a-z]?(prod|prd|production|live))([^a-z]|$)";

    private static final Pattern PRODUCTION_NAMES = Pattern.compile(PRODUCTION);
    private static final Pattern BEFORE_NAMES = Pattern.compile(BEFORE);
    private static final Pattern STAGING_NAMES = Pattern.compile(STAGING);

    public static EnvironmentName of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (PRODUCTION_NAMES.matcher(lower).find()
                && !BEFORE_NAMES.matcher(lower).find()) {
            return new EnvironmentName(name, Kind.PRODUCTION);
        }
        return new EnvironmentName(name, STAGING_NAMES.matcher(lower).find() ? Kind.STAGING : Kind.OTHER);
    }

    /** Whether it is to be marked as where mistakes cost most. */
    public boolean production() {
        return kind == Kind.PRODUCTION;
    }
}
