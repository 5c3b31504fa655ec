package io.sallyport.proxy.hold;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A request to hold something of alice's. */
public final class HoldFixture {
    public static final HoldRequest REQUEST =
            of("DELETE FROM users", List.of(), List.of("DELETE on users, without WHERE"));

    private HoldFixture() {}

    /** Holds whose votes are kept in memory. */
    public static Holds holds(Clock clock, Duration expiry, HoldObserver observer) {
        return new Holds(clock, expiry, observer, new MemoryHoldStore());
    }

    /** One other person approves. */
    public static HoldRequest of(String texts, List<String> parameters, List<String> summaries) {
        return new HoldRequest(
                "s1",
                "alice",
                "shop",
                "psql",
                "10.0.0.1:5000",
                "",
                "deletes held",
                "look twice",
                texts,
                parameters,
                summaries,
                List.of(),
                null,
                "",
                HoldTerms.NONE);
    }

    /** The same, on these terms. */
    public static HoldRequest on(HoldTerms terms) {
        return new HoldRequest(
                "s1",
                "alice",
                "shop",
                "psql",
                "10.0.0.1:5000",
                "adele",
                "deletes held",
                "",
                "DELETE FROM users",
                List.of(),
                List.of(),
                List.of(),
                "CN=alice",
                "ticket 7",
                terms);
    }
}
