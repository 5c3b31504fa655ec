package io.sallyport.proxy.replay;

import io.sallyport.policies.rule.Glob;
import io.sallyport.proxy.replay.log.Origin;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose statements are replayed; an empty list admits everybody.
 *
 * @param since the first moment
 * @param until the first moment that is too late
 */
public record ReplayFilter(
        List<Glob> users,
        List<Glob> databases,
        List<Glob> applications,
        @Nullable Instant since,
        @Nullable Instant until) {
    public static final ReplayFilter ALL = new ReplayFilter(List.of(), List.of(), List.of(), null, null);

    public ReplayFilter {
        users = List.copyOf(users);
        databases = List.copyOf(databases);
        applications = List.copyOf(applications);
    }

    boolean admits(Origin origin, @Nullable Instant at) {
        boolean inTime = (since == null || (at != null && !at.isBefore(since)))
                && (until == null || (at != null && at.isBefore(until)));
        return inTime
                && admits(users, origin.user())
                && admits(databases, origin.database())
                && admits(applications, origin.application());
    }

    private static boolean admits(List<Glob> globs, String name) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(name));
    }
}
