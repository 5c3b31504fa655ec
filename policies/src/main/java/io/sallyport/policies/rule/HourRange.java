package io.sallyport.policies.rule;

import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From one time of the day up to another, which is not part of it; {@code 22:00-06:00} goes over midnight.
 *
 * @param to midnight at the end of the day as 00:00
 */
public record HourRange(LocalTime from, LocalTime to, String source) {
    private static final Pattern FORM =
            Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)\\s*-\\s*([01]\\d|2[0-4]):([0-5]\\d)");

    /** Null when the text is no such range, or an empty one. */
    public static @Nullable HourRange parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        int from = minutes(matcher.group(1), matcher.group(2));
        int to = minutes(matcher.group(3), matcher.group(4));
        return from == to || to > DAY ? null : new HourRange(time(from), time(to), text.strip());
    }

    private static final int DAY = 24 * 60;

    private static int minutes(String hours, String minutes) {
        return 60 * Integer.parseInt(hours) + Integer.parseInt(minutes);
    }

    private static LocalTime time(int minutes) {
        return LocalTime.ofSecondOfDay(minutes % DAY * 60L);
    }

    boolean has(LocalTime time) {
        boolean begun = !time.isBefore(from);
        boolean ended = !time.isBefore(to);
        // 00:00-24:00 is the whole day: from equals to there, and there alone.
        return from.isBefore(to) ? begun && !ended : begun || !ended;
    }

    @Override
    public String toString() {
        return source;
    }
}
