package io.sallyport.policies.approval;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody as an OpenID Connect issuer knows them. Both are compared letter by letter, and only together: the same
 * subject of another issuer is another one (OpenID Connect Core, section 2).
 *
 * @param issuer its URL, as it stands in {@code iss}
 */
public record OidcSubject(String issuer, String subject) {
    /** An issuer's URL has no fragment, so the first {@code #} is where it ends. */
    private static final Pattern WRITTEN = Pattern.compile("(https?://[^#?\\s\\p{Cntrl}]+)#([^\\p{Cntrl}]{1,255})");

    /** As {@link #toString} writes it; null where the text is no such thing. */
    public static @Nullable OidcSubject parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        return matcher.matches() && !matcher.group(2).isBlank()
                ? new OidcSubject(matcher.group(1), matcher.group(2))
                : null;
    }

    /** {@code https://login.example#248289761001}, as a policy's {@code people} names it. */
    @Override
    public String toString() {
        return issuer + "#" + subject;
    }
}
