package io.sallyport.proxy.cli;

import io.sallyport.policies.rule.Glob;
import io.sallyport.proxy.replay.ReplayFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose statements, and when. */
final class ReplayFilterOptions {
    private static final ZoneId UTC = ZoneId.of("UTC");

    @Option(names = "--user", paramLabel = "GLOB", split = ",", description = "Statements of these users only.")
    private List<String> users = List.of();

    @Option(names = "--database", paramLabel = "GLOB", split = ",", description = "Statements in these databases only.")
    private List<String> databases = List.of();

    @Option(
            names = "--application",
            paramLabel = "GLOB",
            split = ",",
            description = "Statements of these applications (application_name) only.")
    private List<String> applications = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "From then on: 2026-01-31, 2026-01-31T14:00, …T14:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Up to then; a date alone is its midnight.")
    private @Nullable String until;

    @Option(
            names = "--timezone",
            paramLabel = "ZONE",
            description =
                    "As in Europe/Berlin: of hours and days in the summary, of --since and --until, and of times in a"
                            + " log that are neither UTC nor give an offset. Default: UTC.")
    private @Nullable ZoneId zone;

    ReplayFilter filter() throws CommandFailure {
        return new ReplayFilter(
                globs(users), globs(databases), globs(applications), time("--since", since), time("--until", until));
    }

    @Nullable
    ZoneId zone() {
        return zone;
    }

    /** Of hours and days. */
    ZoneId hours() {
        return Objects.requireNonNullElse(zone, UTC);
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream().map(Glob::new).toList();
    }

    private @Nullable Instant time(String option, @Nullable String text) throws CommandFailure {
        try {
            if (text == null) {
                return null;
            }
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
            String local = text.replace(' ', 'T');
            return local.contains("T")
                    ? LocalDateTime.parse(local).atZone(hours()).toInstant()
                    : LocalDate.parse(local).atStartOfDay(hours()).toInstant();
        } catch (DateTimeException e) {
            String message = "option " + option + ": \"" + text
                    + "\" is no time; expected 2026-01-31, 2026-01-31T14:00:00 or 2026-01-31T14:00:00Z";
            throw new CommandFailure(ExitCode.USAGE, message, e);
        }
    }
}
