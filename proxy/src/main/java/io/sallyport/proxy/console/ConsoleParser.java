package io.sallyport.proxy.console;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.approval.Ballot;
import io.sallyport.proxy.config.DurationText;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.token.GrantLimits;
import io.sallyport.proxy.token.GrantTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code SALLYPORT …}: words, and strings in single quotes. */
final class ConsoleParser {
    private static final int LONGEST_REASON = 2_000;
    private static final Duration SHORTEST_WATCH = Duration.ofSeconds(1);
    private static final Duration LONGEST_WATCH = Duration.ofHours(24);
    private static final int LONGEST_STATEMENT = 64_000;

    private static final Pattern CONFIRM = Pattern.compile("(?is)SALLYPORT\\s++CONFIRM\\s*+("
            + ApproveForm.STRING.pattern() + "(?:\\s*+,\\s*+" + ApproveForm.STRING.pattern() + ")*+)\\s*+(?:;\\s*+)*+");

    private static final Pattern WORD = Pattern.compile("'((?:[^']++|'')*+)'|([^\\s';]++)|(\\S)");

    private ConsoleParser() {}

    static ConsoleCommand parse(String text) throws ConsoleError {
        if (text.length() > LONGEST_STATEMENT) {
            throw syntax("a SALLYPORT statement of more than " + LONGEST_STATEMENT + " characters", null);
        }
        List<String> words = words(text);
        String verb = words.size() < 2 ? "HELP" : words.get(1).toUpperCase(Locale.ROOT);
        return switch (verb) {
            case "HELP" -> new ConsoleCommand.Help();
            case "STATUS" -> exactly(words, 2, "SALLYPORT STATUS", new ConsoleCommand.Status());
            case "HOLDS" -> exactly(words, 2, "SALLYPORT HOLDS", new ConsoleCommand.ListHolds());
            case "SHOW" -> new ConsoleCommand.Show(code(words, 3, "SALLYPORT SHOW code"));
            case "APPROVE" -> approval(text);
            case "GRANT" -> grant(text);
            case "REQUESTS" -> exactly(words, 2, "SALLYPORT REQUESTS", new ConsoleCommand.ListRequests());
            case "ACCESS" -> AccessForm.access(text);
            case "REVOKE" -> AccessForm.revoke(text);
            case "REJECT" ->
                new ConsoleCommand.Reject(code(words, 4, "SALLYPORT REJECT code 'why'"), reason(words.get(3)));
            case "WITHDRAW" -> new ConsoleCommand.Withdraw(code(words, 3, "SALLYPORT WITHDRAW code"));
            case "BREAK" -> breakGlass(words);
            case "REASON" -> {
                String form = "SALLYPORT REASON 'text'";
                yield new ConsoleCommand.Reason(
                        said(reason(exactly(words, 3, form, words).get(2)), form));
            }
            case "WATCH" -> watch(words);
            case "CONFIRM" -> new ConsoleCommand.Confirm(names(text));
            default ->
                throw syntax(
                        "unknown statement SALLYPORT " + verb,
                        "There are HOLDS, SHOW, APPROVE, GRANT, REQUESTS, ACCESS TOKEN, REVOKE, REJECT, WITHDRAW, REASON, BREAK GLASS, WATCH, CONFIRM, STATUS and HELP.");
        };
    }

    private static List<String> names(String text) throws ConsoleError {
        Matcher whole = CONFIRM.matcher(text.strip());
        if (!whole.matches()) {
            throw syntax("expected SALLYPORT CONFIRM 'name' [, 'name' …]", "Write each name in single quotes.");
        }
        return ApproveForm.list(whole.group(1));
    }

    private static ConsoleCommand approval(String text) throws ConsoleError {
        ApproveForm.Approval approval = ApproveForm.read(text);
        if (approval == null) {
            throw syntax("expected " + ApproveForm.FORM, null);
        }
        reason(approval.ballot().reason());
        return new ConsoleCommand.Approve(code(approval.code()), approval.ballot());
    }

    private static ConsoleCommand grant(String text) throws ConsoleError {
        GrantForm.Granted granted = GrantForm.read(text);
        if (granted == null) {
            throw syntax("expected " + GrantForm.FORM, null);
        }
        String why = reason(granted.why());
        Duration lasts = null;
        if (granted.lasts() != null) {
            try {
                lasts = DurationText.parse(granted.lasts().strip());
            } catch (IllegalArgumentException noDuration) {
                throw syntax(noDuration.getMessage() + "; expected one such as '30m' or '2h'", null);
            }
        }
        return new ConsoleCommand.Grant(
                code(granted.code()),
                new GrantTerms(new Ballot(why, granted.typed()), new GrantLimits(lasts, granted.rows())));
    }

    private static ConsoleCommand breakGlass(List<String> words) throws ConsoleError {
        String form = "SALLYPORT BREAK GLASS code 'why'";
        exactly(words, 5, form, form);
        if (!words.get(2).equalsIgnoreCase("GLASS")) {
            throw syntax("expected " + form, null);
        }
        return new ConsoleCommand.BreakGlass(code(words.get(3)), said(reason(words.get(4)), form));
    }

    private static ConsoleCommand watch(List<String> words) throws ConsoleError {
        String form = "SALLYPORT WATCH [10m]";
        if (words.size() == 2) {
            return new ConsoleCommand.Watch(null);
        }
        String given = exactly(words, 3, form, words).get(2);
        try {
            Duration span = DurationText.parse(given);
            if (span.compareTo(SHORTEST_WATCH) >= 0 && span.compareTo(LONGEST_WATCH) <= 0) {
                return new ConsoleCommand.Watch(span);
            }
        } catch (IllegalArgumentException noDuration) {
            // The same is to be said of it.
        }
        throw syntax(
                "expected " + form + ", a time such as 30s, 10m or 2h, up to 24h, found " + given,
                "Without a time it watches until you cancel it.");
    }

    private static String said(String text, String form) throws ConsoleError {
        if (text.isBlank()) {
            throw syntax("expected " + form + ", found no text", null);
        }
        return text;
    }

    private static String reason(String text) throws ConsoleError {
        if (text.length() > LONGEST_REASON) {
            throw syntax("the reason is longer than " + LONGEST_REASON + " characters", null);
        }
        return text;
    }

    private static List<String> words(String text) throws ConsoleError {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String quoted = matcher.group(1);
            if (quoted != null) {
                words.add(quoted.replace("''", "'"));
            } else if (matcher.group(2) != null) {
                words.add(matcher.group(2));
            } else if (!matcher.group(3).equals(";")) {
                throw syntax("unexpected " + matcher.group(3) + " in SALLYPORT statement", "Write strings as 'why'.");
            }
        }
        return words;
    }

    private static HoldCode code(List<String> words, int count, String form) throws ConsoleError {
        exactly(words, count, form, form);
        return code(words.get(2));
    }

    private static HoldCode code(String text) throws ConsoleError {
        try {
            return HoldCode.parse(text);
        } catch (IllegalArgumentException notACode) {
            throw syntax(String.valueOf(notACode.getMessage()), "SALLYPORT HOLDS lists the codes that wait.");
        }
    }

    private static <T> T exactly(List<String> words, int count, String form, T value) throws ConsoleError {
        if (words.size() != count) {
            throw syntax("expected " + form, null);
        }
        return value;
    }

    private static ConsoleError syntax(String message, @org.jspecify.annotations.Nullable String hint) {
        return new ConsoleError(SqlState.SYNTAX_ERROR, message, hint);
    }
}
