package io.sallyport.proxy.audit;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What points to a secret. */
final class Secrets {
    private static final String STEM =
            "password|passwd|passphrase|pwd|secret|token|credential|api_?key|private_?key|access_?key";
    private static final Pattern NAME = Pattern.compile(STEM, Pattern.CASE_INSENSITIVE);
    /** postgresql://user:password@host */
    private static final Pattern URI = Pattern.compile("://[^/@\\s]{0,256}:[^@\\s]{0,256}@");

    /** After these a new thought begins: what follows no longer belongs to the secret's name. */
    private static final Set<String> ENDS_THOUGHT = Set.of(
            "and",
            "or",
            "where",
            "from",
            "select",
            "set",
            "order",
            "group",
            "having",
            "limit",
            "on",
            "join",
            "union",
            "returning",
            "using",
            "when",
            "then",
            "else",
            "valid");
    /** Between a name and its value. */
    private static final Set<String> CONNECTS =
            Set.of("to", "is", "not", "in", "like", "ilike", "array", "any", "all", "distinct");

    private Secrets() {}

    /** False when nothing in the text can be a secret: almost always, and cheap to find out. */
    static boolean mayContain(String text) {
        return NAME.matcher(text).find() || text.contains("://");
    }

    static boolean isName(String word) {
        return NAME.matcher(word).find();
    }

    /** A literal that carries name and value itself: a connection string, JSON, nested SQL. */
    static boolean isInside(String literal) {
        Matcher name = NAME.matcher(literal);
        return (name.find() && literal.substring(name.end()).matches("(?s)[^=:']*+[=:'].*"))
                || URI.matcher(literal).find();
    }

    static boolean endsThought(String word) {
        return ENDS_THOUGHT.contains(word.toLowerCase(Locale.ROOT));
    }

    static boolean connects(String word) {
        return CONNECTS.contains(word.toLowerCase(Locale.ROOT));
    }
}
