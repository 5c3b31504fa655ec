package io.sallyport.proxy.replay.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of a log: {@code 2026-01-31 23:59:59.123 CET}, also without fraction. The zone is what log_timezone calls itself at that
 * moment, and an abbreviation does not say which zone it is: a given zone wins over it; without one the common abbreviations mean what
 * PostgreSQL takes them for (timezonesets/Default).
 */
public final class LogTime {
    private static final Set<String> UNIVERSAL = Set.of("UTC", "GMT", "Z");

    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
            Map.entry("WET", "+00:00"),
            Map.entry("WEST", "+01:00"),
            Map.entry("BST", "+01:00"),
            Map.entry("CET", "+01:00"),
            Map.entry("CEST", "+02:00"),
            Map.entry("SAST", "+02:00"),
            Map.entry("EET", "+02:00"),
            Map.entry("EEST", "+03:00"),
            Map.entry("MSK", "+03:00"),
            Map.entry("PKT", "+05:00"),
            Map.entry("WIB", "+07:00"),
            Map.entry("HKT", "+08:00"),
            Map.entry("JST", "+09:00"),
            Map.entry("KST", "+09:00"),
            Map.entry("AEST", "+10:00"),
            Map.entry("AEDT", "+11:00"),
            Map.entry("NZST", "+12:00"),
            Map.entry("NZDT", "+13:00"),
            Map.entry("EST", "-05:00"),
            Map.entry("EDT", "-04:00"),
            Map.entry("CST", "-06:00"),
            Map.entry("CDT", "-05:00"),
            Map.entry("MST", "-07:00"),
            Map.entry("MDT", "-06:00"),
            Map.entry("PST", "-08:00"),
            Map.entry("PDT", "-07:00"));

    private static final int SECONDS = "2026-01-31 23:59:59".length();
    private static final int MOST_UNKNOWN = 10;

    private final @Nullable ZoneId given;
    private final Set<String> unknown = new TreeSet<>();
    private String lastZone = "";
    private ZoneId lastZoneId = ZoneOffset.UTC;
    private String lastSecond = "";
    private long lastEpochSecond;

    /** Without a zone, times in a zone that is not known count as UTC. */
    public LogTime(@Nullable ZoneId given) {
        this.given = given;
    }

    /** Null when the text is no time. */
    @Nullable
    Instant parse(String text) {
        int end = SECONDS;
        int nanos = 0;
        if (text.length() > SECONDS && text.charAt(SECONDS) == '.') {
            int scale = 100_000_000;
            end++;
            for (; end < text.length() && Character.digit(text.charAt(end), 10) >= 0; end++, scale /= 10) {
                nanos += scale * Character.digit(text.charAt(end), 10);
            }
        }
        if (text.length() < end || (text.length() > end && text.charAt(end) != ' ')) {
            return null;
        }
        ZoneId zone = zone(text.substring(end).strip());
        return text.startsWith(lastSecond) && !lastSecond.isEmpty()
                ? Instant.ofEpochSecond(lastEpochSecond, nanos)
                : seconds(text, zone, nanos);
    }

    private @Nullable Instant seconds(String text, ZoneId zone, int nanos) {
        try {
            String second = text.substring(0, SECONDS);
            lastEpochSecond =
                    LocalDateTime.parse(second.replace(' ', 'T')).atZone(zone).toEpochSecond();
            lastSecond = second;
            return Instant.ofEpochSecond(lastEpochSecond, nanos);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private ZoneId zone(String name) {
        if (!name.equals(lastZone)) {
            lastZone = name;
            lastZoneId = find(name);
            lastSecond = "";
        }
        return lastZoneId;
    }

    private ZoneId find(String name) {
        boolean offset = name.startsWith("+") || name.startsWith("-") || UNIVERSAL.contains(name);
        if (given != null && !offset) {
            return given;
        }
        try {
            return ZoneId.of(ABBREVIATIONS.getOrDefault(name, name));
        } catch (DateTimeException e) {
            if (unknown.size() < MOST_UNKNOWN) {
                unknown.add(name);
            }
            return ZoneOffset.UTC;
        }
    }

    /** Names of zones that were not known. */
    public Set<String> unknownZones() {
        return Set.copyOf(unknown);
    }
}
