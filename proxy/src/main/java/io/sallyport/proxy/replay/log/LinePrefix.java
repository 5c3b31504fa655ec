package io.sallyport.proxy.replay.log;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code log_line_prefix} puts before every line (elog.c, log_status_format), as a pattern that also finds the level behind it. */
final class LinePrefix {
    /** The level, two spaces behind its colon; with log_error_verbosity = verbose also the SQLSTATE (elog.c, send_message_to_server_log). */
    private static final String LEVEL =
            "(?<level>LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG[1-5]?|DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT"
                    + "|BACKTRACE):  (?:[0-9A-Z]{5}: )?";

    private static final String LEVEL_GROUP = "level";

    /** An escape with its padding, or any other character. */
    private static final Pattern PART = Pattern.compile("%(?<padding>-?\\d{0,3})(?<escape>[^\\d-])|.", Pattern.DOTALL);

    static final LinePrefix NONE = new LinePrefix("", "", Set.of());

    private final String text;
    private final Pattern pattern;
    private final Set<PrefixField> fields;

    private LinePrefix(String text, String regex, Set<PrefixField> fields) {
        this.text = text;
        this.pattern = Pattern.compile(regex + LEVEL);
        this.fields = fields;
    }

    /** Reads the value of the setting, as it stands in postgresql.conf between the quotes. */
    static LinePrefix of(String text) throws LogException {
        Set<PrefixField> fields = EnumSet.noneOf(PrefixField.class);
        StringBuilder regex = new StringBuilder();
        boolean optional = false;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            String escape = part.group("escape");
            if (escape == null || escape.equals("%")) {
                regex.append(Pattern.quote(escape == null ? part.group() : escape));
            } else if (!escape.equals("q")) {
                regex.append(field(text, escape, part.group("padding"), fields));
            } else if (!optional) {
                // Processes that serve no session stop here.
                regex.append("(?:");
                optional = true;
            }
        }
        return new LinePrefix(text, regex + (optional ? ")?" : ""), fields);
    }

    private static String field(String text, String escape, String padding, Set<PrefixField> fields)
            throws LogException {
        PrefixField field = PrefixField.of(escape.charAt(0));
        if (field == null) {
            throw new LogException("log_line_prefix '" + text + "': %" + escape
                    + " is unknown; expected one of %a %b %c %d %e %h %i %l %L %m %n %p %P %q %Q %r %s %t %u %v %x %%");
        }
        String group = (fields.add(field) ? "(?<" + field.group() + ">" : "(?:") + field.pattern() + ")";
        return padding.isEmpty() ? group : padding.startsWith("-") ? group + " {0,99}?" : " {0,99}" + group;
    }

    /** A matcher to be reset to each line in turn; it matches at the beginning of a line. */
    Matcher matcher() {
        return pattern.matcher("");
    }

    static String level(Matcher matcher) {
        return matcher.group(LEVEL_GROUP);
    }

    /** What the prefix says; empty where it says nothing. */
    String value(Matcher matcher, PrefixField field) {
        @Nullable String value = fields.contains(field) ? matcher.group(field.group()) : null;
        return value == null ? "" : value;
    }

    /** How many fields of a line it names. */
    int told(Matcher matcher) {
        return (int) fields.stream()
                .filter(field -> matcher.group(field.group()) != null)
                .count();
    }

    /** How many fields it can name. */
    int fields() {
        return fields.size();
    }

    @Override
    public String toString() {
        return text;
    }
}
