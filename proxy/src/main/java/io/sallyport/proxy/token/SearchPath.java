package io.sallyport.proxy.token;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * In which sessions a token is good, by where names without a schema are looked up.
 *
 * @param exact the setting, character for character; null for the other kinds
 */
public record SearchPath(Kind kind, @Nullable String exact) {
    /** How a session is compared. */
    public enum Kind {
        /** As the role's login has it: neither the session nor its start-up packet has changed it. */
        OWN,
        ANY,
        EXACT
    }

    public static final SearchPath OWN = new SearchPath(Kind.OWN, null);
    public static final SearchPath ANY = new SearchPath(Kind.ANY, null);

    private static final String EXACTLY = "= ";

    public static SearchPath exactly(String value) {
        return new SearchPath(Kind.EXACT, value);
    }

    /**
     * @param current the session's setting
     * @param own whether it is what the login began with
     */
    boolean admits(String current, boolean own) {
        return switch (kind) {
            case OWN -> own;
            case ANY -> true;
            case EXACT -> current.equals(exact);
        };
    }

    /** As it is stored; {@link #parse} reads it. */
    @Override
    public String toString() {
        return switch (kind) {
            case OWN -> "own";
            case ANY -> "any";
            case EXACT -> EXACTLY + exact;
        };
    }

    public static SearchPath parse(String text) {
        if (text.startsWith(EXACTLY)) {
            return exactly(text.substring(EXACTLY.length()));
        }
        return switch (text) {
            case "own" -> OWN;
            case "any" -> ANY;
            default -> throw new IllegalArgumentException("no search path: " + text);
        };
    }

    /** For people. */
    public String described() {
        return switch (kind) {
            case OWN -> "the role's own search_path";
            case ANY -> "any search_path";
            case EXACT -> "search_path = " + Objects.requireNonNull(exact);
        };
    }
}
