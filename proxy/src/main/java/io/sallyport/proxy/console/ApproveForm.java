package io.sallyport.proxy.console;

import io.sallyport.proxy.approval.Ballot;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code SALLYPORT APPROVE code [TYPED 'name' [, …]] ['why']}, the last two in either order. */
final class ApproveForm {
    static final String FORM = "SALLYPORT APPROVE code [TYPED 'name' [, 'name' …]] ['why']";

    /** Quoted, so that a name is never folded or cut short: it counts as it stands. */
    static final Pattern STRING = Pattern.compile("'((?:[^']++|'')*+)'");

    private static final String NAMES = "TYPED\\s*+(" + STRING.pattern() + "(?:\\s*+,\\s*+" + STRING.pattern() + ")*+)";
    private static final Pattern WHOLE =
            Pattern.compile("(?is)SALLYPORT\\s++APPROVE\\s++(?:'(?<quoted>[^']*+)'|(?<bare>[^\\s';]++))\\s*+"
                    + "(?<before>" + STRING.pattern() + ")?+\\s*+(?:(?<names>" + NAMES + "))?+\\s*+"
                    + "(?<after>" + STRING.pattern() + ")?+\\s*+(?:;\\s*+)*+");

    /** @param code as typed */
    record Approval(String code, Ballot ballot) {}

    private ApproveForm() {}

    /** Null where the text has another form. */
    static @Nullable Approval read(String text) {
        Matcher whole = WHOLE.matcher(text.strip());
        if (!whole.matches() || (whole.group("before") != null && whole.group("after") != null)) {
            return null;
        }
        String reason = whole.group("before") == null ? whole.group("after") : whole.group("before");
        String code = whole.group("bare") == null ? whole.group("quoted") : whole.group("bare");
        return new Approval(code, new Ballot(strings(reason), strings(whole.group("names"))));
    }

    private static String strings(@Nullable String quoted) {
        return quoted == null ? "" : String.join(", ", list(quoted));
    }

    static List<String> list(String quoted) {
        return STRING.matcher(quoted)
                .results()
                .map(name -> name.group(1).replace("''", "'"))
                .toList();
    }
}
