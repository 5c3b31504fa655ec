package io.sallyport.proxy.console;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.access.AccessWish;
import io.sallyport.proxy.config.DurationText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code SALLYPORT ACCESS TOKEN 'label' [FOR '8h']}, {@code SALLYPORT ACCESS TOKENS} and {@code SALLYPORT REVOKE ACCESS TOKEN id}. */
final class AccessForm {
    private static final String STRING = ApproveForm.STRING.pattern();
    private static final String END = "\\s*+(?:;\\s*+)*+";
    private static final Pattern MAKE = Pattern.compile("(?is)SALLYPORT\\s++ACCESS\\s++TOKEN\\s*+(?<label>" + STRING
            + ")\\s*+(?:FOR\\s*+(?<life>" + STRING + ")\\s*+)?+" + END);
    private static final Pattern LIST = Pattern.compile("(?is)SALLYPORT\\s++ACCESS\\s++TOKENS" + END);
    private static final Pattern REVOKE = Pattern.compile(
            "(?is)SALLYPORT\\s++REVOKE\\s++ACCESS\\s++TOKEN\\s*+(?:'(?<quoted>[^']*+)'|(?<bare>[^\\s';]++))" + END);

    private AccessForm() {}

    static ConsoleCommand access(String text) throws ConsoleError {
        if (LIST.matcher(text.strip()).matches()) {
            return new ConsoleCommand.ListAccessTokens();
        }
        Matcher make = MAKE.matcher(text.strip());
        if (!make.matches()) {
            throw syntax(
                    "expected SALLYPORT ACCESS TOKEN 'label' [FOR '8h'], or SALLYPORT ACCESS TOKENS",
                    "Write the label in single quotes.");
        }
        String label = ApproveForm.list(make.group("label")).get(0);
        String life = make.group("life");
        try {
            return new ConsoleCommand.MakeAccessToken(new AccessWish(
                    label,
                    life == null
                            ? null
                            : DurationText.parse(ApproveForm.list(life).get(0).strip())));
        } catch (IllegalArgumentException noDuration) {
            throw syntax(noDuration.getMessage() + "; expected one such as '8h' or '30d'", null);
        }
    }

    static ConsoleCommand revoke(String text) throws ConsoleError {
        Matcher revoke = REVOKE.matcher(text.strip());
        if (!revoke.matches()) {
            throw syntax(
                    "expected SALLYPORT REVOKE ACCESS TOKEN id",
                    "SALLYPORT ACCESS TOKENS lists yours, with their ids.");
        }
        String id = revoke.group("bare") == null ? revoke.group("quoted") : revoke.group("bare");
        return new ConsoleCommand.RevokeAccessToken(id.toLowerCase(Locale.ROOT));
    }

    private static ConsoleError syntax(String message, @Nullable String hint) {
        return new ConsoleError(SqlState.SYNTAX_ERROR, message, hint);
    }
}
