package io.sallyport.proxy.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code SALLYPORT GRANT code ['why'] [TYPED 'name' [, …]] [FOR '30m'] [ROWS 100]}, the last four in any order. */
final class GrantForm {
    static final String FORM = "SALLYPORT GRANT code ['why'] [TYPED 'name' [, 'name' …]] [FOR '30m'] [ROWS 100]";

    private static final String STRING = ApproveForm.STRING.pattern();
    private static final Pattern HEAD =
            Pattern.compile("(?is)SALLYPORT\\s++GRANT\\s++(?:'(?<quoted>[^']*+)'|(?<bare>[^\\s';]++))\\s*+");
    private static final Pattern PART =
            Pattern.compile("(?is)\\G(?:(?<why>" + STRING + ")|TYPED\\s*+(?<names>" + STRING + "(?:\\s*+,\\s*+" + STRING
                    + ")*+)|FOR\\s*+(?<lasts>" + STRING + ")|ROWS\\s++(?<rows>[0-9]{1,18}+)(?![^\\s;']))\\s*+");
    private static final Pattern END = Pattern.compile("(?:;\\s*+)*+");

    /** @param code as typed; the others empty, or null, where they were not said */
    record Granted(
            String code,
            String why,
            String typed,
            @Nullable String lasts,
            @Nullable Long rows) {}

    private GrantForm() {}

    /** Null where the text has another form. */
    static @Nullable Granted read(String text) {
        String whole = text.strip();
        Matcher head = HEAD.matcher(whole);
        if (!head.lookingAt()) {
            return null;
        }
        String why = null;
        String typed = null;
        String lasts = null;
        Long rows = null;
        int end = head.end();
        Matcher part = PART.matcher(whole);
        while (part.find(end)) {
            boolean twice = (part.group("why") != null && why != null)
                    || (part.group("names") != null && typed != null)
                    || (part.group("lasts") != null && lasts != null)
                    || (part.group("rows") != null && rows != null);
            if (twice) {
                return null;
            }
            why = part.group("why") == null ? why : joined(part.group("why"));
            typed = part.group("names") == null ? typed : joined(part.group("names"));
            lasts = part.group("lasts") == null ? lasts : joined(part.group("lasts"));
            rows = part.group("rows") == null ? rows : Long.valueOf(part.group("rows"));
            end = part.end();
        }
        String code = head.group("bare") == null ? head.group("quoted") : head.group("bare");
        return END.matcher(whole.substring(end)).matches()
                ? new Granted(code, why == null ? "" : why, typed == null ? "" : typed, lasts, rows)
                : null;
    }

    private static String joined(String quoted) {
        return String.join(", ", ApproveForm.list(quoted));
    }
}
