package io.sallyport.proxy.cli;

import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Decides how is logged, before the first logger exists: logback.xml reads both settings as system properties, which it
 * prefers to the environment.
 */
final class LogSettings {
    static final String FORMAT = "SALLYPORT_LOG_FORMAT";
    static final String LEVEL = "SALLYPORT_LOG_LEVEL";
    static final String TEXT = "text";
    static final String JSON = "json";

    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
    /** What speaks to people at a terminal; everything else is more often read by machines. */
    private static final Set<String> SPOKEN =
            Set.of("demo", "check", "policy", "replay", "holds", "show", "approve", "reject", "break-glass", "webhook");

    private LogSettings() {}

    static void apply(String[] arguments, Map<String, String> environment) throws CommandFailure {
        boolean spoken = arguments.length > 0 && SPOKEN.contains(arguments[0]);
        String format = value(environment, FORMAT, spoken ? TEXT : JSON).toLowerCase(Locale.ROOT);
        String level = value(environment, LEVEL, spoken ? "WARN" : "INFO").toUpperCase(Locale.ROOT);
        check(FORMAT, format, List.of(JSON, TEXT));
        check(LEVEL, level, LEVELS);
        System.setProperty(FORMAT, format);
        System.setProperty(LEVEL, level);
    }

    /** Log lines are written behind the scenes; the last ones are waited for. */
    static void flush() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    private static String value(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    private static void check(String name, String value, List<String> known) throws CommandFailure {
        if (!known.contains(value)) {
            String message = "environment variable " + name + ": \"" + value + "\" is unknown; expected one of "
                    + String.join(", ", known);
            throw new CommandFailure(ExitCode.USAGE, List.of(message));
        }
    }
}
