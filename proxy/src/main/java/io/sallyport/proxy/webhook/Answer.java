package io.sallyport.proxy.webhook;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver answered.
 *
 * @param body its beginning
 * @param retryAfter how long it wants to be left alone; null where it did not say
 */
record Answer(int status, String body, @Nullable Duration retryAfter) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Of the header Retry-After: seconds, or a date; null for anything else (RFC 9110, 10.2.3). */
    static @Nullable Duration retryAfter(String header, Clock clock) {
        String value = header.strip();
        if (value.matches("[0-9]{1,9}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.US));
            return bounded(Duration.between(clock.instant(), date.toInstant()));
        } catch (DateTimeException neither) {
            return null;
        }
    }

    private static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
