package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.NearestWord;
import io.sallyport.policies.rule.HourRange;
import io.sallyport.policies.rule.TimeCondition;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values about when. */
public final class TimeForms {
    private static final List<String> DAY_NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern DAY_RANGE = Pattern.compile("(\\w+)(?:\\s*-\\s*(\\w+))?");

    static final ValueForm<TimeCondition.Hours> HOURS = new ValueForm<>(
            TimeForms::hours,
            Schemas.oneOrMore(Schemas.pattern(
                    "^\\s*([01][0-9]|2[0-3]):[0-5][0-9]\\s*-\\s*(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\\s*$")));

    static final ValueForm<TimeCondition.Days> DAYS = new ValueForm<>(
            TimeForms::days,
            Schemas.oneOrMore(Schemas.pattern("^(%1$s)(\\s*-\\s*(%1$s))?$".formatted(String.join("|", DAY_NAMES)))));

    /** Not in the schema: the list of zones is the Java runtime's and grows. */
    static final ValueForm<ZoneId> ZONE = new ValueForm<>(TimeForms::zone, Schemas.text());

    private TimeForms() {}

    private static TimeCondition.Hours hours(DocumentNode node, Scope scope) {
        List<HourRange> ranges = new ArrayList<>();
        for (Scalar text : scope.words().texts(node, "hours such as \"22:00-06:00\", or a list of them")) {
            HourRange range = HourRange.parse(text.value());
            if (range == null) {
                scope.problems()
                        .add(
                                text,
                                "'" + text.value() + "' are no hours; expected two different times as in"
                                        + " \"22:00-06:00\", the second one not included");
            } else {
                ranges.add(range);
            }
        }
        return new TimeCondition.Hours(ranges, scope.zone());
    }

    private static TimeCondition.Days days(DocumentNode node, Scope scope) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Scalar text : scope.words().texts(node, "a day such as mon, a range such as mon-fri, or a list of them")) {
            Matcher matcher = DAY_RANGE.matcher(text.value().strip().toLowerCase(Locale.ROOT));
            int first = matcher.matches() ? DAY_NAMES.indexOf(matcher.group(1)) : -1;
            int last = first < 0 || matcher.group(2) == null ? first : DAY_NAMES.indexOf(matcher.group(2));
            if (first < 0 || last < 0) {
                scope.words().unknown(text, Set.copyOf(DAY_NAMES), "day");
                continue;
            }
            // fri-mon goes over the end of the week.
            for (int day = first; day != last; day = (day + 1) % 7) {
                days.add(DayOfWeek.of(day + 1));
            }
            days.add(DayOfWeek.of(last + 1));
        }
        return new TimeCondition.Days(days, scope.zone());
    }

    public static @Nullable ZoneId zone(DocumentNode node, Scope scope) {
        Scalar text = scope.words().text(node, "a time zone such as Europe/Berlin");
        if (text == null) {
            return null;
        }
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (!known.contains(text.value())) {
            scope.problems()
                    .add(
                            text,
                            "unknown time zone '" + text.value() + "'" + NearestWord.hint(text.value(), known)
                                    + "; expected a name such as Europe/Berlin or UTC");
            return null;
        }
        return ZoneId.of(text.value());
    }
}
