package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** When the batch came, by the clock of a time zone. */
public sealed interface TimeCondition extends Condition {
    boolean holds(Circumstances circumstances);

    @Override
    default boolean holds(StatementFacts statement, Circumstances circumstances) {
        return holds(circumstances);
    }

    record Hours(List<HourRange> ranges, ZoneId zone) implements TimeCondition {
        @Override
        public boolean holds(Circumstances circumstances) {
            LocalTime time = LocalTime.ofInstant(circumstances.at(), zone);
            return ranges.stream().anyMatch(range -> range.has(time));
        }

        @Override
        public String described() {
            return "the time is "
                    + ranges.stream().map(HourRange::toString).collect(Collectors.joining(" or "))
                    + " " + zone.getId();
        }
    }

    /** The day on which the batch comes: a night that began on Friday is Saturday's after midnight. */
    record Days(Set<DayOfWeek> days, ZoneId zone) implements TimeCondition {
        @Override
        public boolean holds(Circumstances circumstances) {
            return days.contains(circumstances.at().atZone(zone).getDayOfWeek());
        }

        @Override
        public boolean impliedBy(Condition other) {
            return other instanceof Days narrower && zone.equals(narrower.zone) && days.containsAll(narrower.days);
        }

        @Override
        public String described() {
            return "the day is "
                    + days.stream()
                            .sorted()
                            .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                            .collect(Collectors.joining(" or "))
                    + " (" + zone.getId() + ")";
        }
    }
}
