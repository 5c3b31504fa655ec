package io.sallyport.proxy.access;

import io.sallyport.proxy.config.DurationText;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How tokens may be called, and how long they last. */
final class AccessRules {
    private static final int LONGEST_LABEL = 100;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration USUAL = Duration.ofHours(8);

    /** What would steer a terminal, reorder what is read, or be no text. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\u2028\\u2029]");

    private final Duration longest;
    private final String limit;

    AccessRules(AccessTerms terms) {
        Duration most = terms.settings().longest();
        boolean shorter = terms.roles() == null && terms.pageLongest().compareTo(most) < 0;
        this.longest = shorter ? terms.pageLongest() : most;
        this.limit = shorter
                ? "page.longest, because auth.query_user is not set: nobody could ask the server later who the role is,"
                        + " and what it is a member of"
                : "access_tokens.longest";
    }

    String label(String given) throws AccessRefused {
        String label = given.strip();
        if (label.isEmpty()
                || label.length() > LONGEST_LABEL
                || UNPRINTABLE.matcher(label).find()) {
            throw AccessRefused.value("expected a label of 1 to " + LONGEST_LABEL + " printable characters");
        }
        if (AccessSecret.in(label)) {
            throw AccessRefused.value("the label has a token's secret in it: others read labels");
        }
        return label;
    }

    Duration life(@Nullable Duration given) throws AccessRefused {
        if (given == null) {
            return USUAL.compareTo(longest) < 0 ? USUAL : longest;
        }
        if (given.compareTo(SHORTEST) < 0 || given.compareTo(longest) > 0) {
            throw AccessRefused.value("a personal access token lasts from 1s to " + DurationText.format(longest) + " ("
                    + limit + "), found " + DurationText.format(given));
        }
        return given;
    }
}
