package io.sallyport.proxy.admin.web;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stands behind the proxy, as the page marks it.
 *
 * @param name empty when nobody said
 * @param production whether it is to be marked as where mistakes cost most
 */
record Environment(String name, boolean production) {
    private static final Pattern PRODUCTION = Pattern.compile("(^|[^a-z])(prod|prd|production|live)([^a-z]|$)");
    private static final Pattern BEFORE = Pattern.compile("(pre|non|not|un)[^a-z]?(prod|prd|production|live)");

    static Environment of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return new Environment(
                name, PRODUCTION.matcher(lower).find() && !BEFORE.matcher(lower).find());
    }
}
