package io.sallyport.proxy.hold;

import io.sallyport.proxy.store.StoreUnavailable;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What people say of a hold, wherever it waits: compared and set in the store first, and only then true here. Every
 * method blocks, and throws where it is not known whether it counts.
 */
public final class Votes {
    /** Each time somebody else was faster. */
    private static final int MOST_ATTEMPTS = 100;

    private final Holds holds;

    public Votes(Holds holds) {
        this.holds = holds;
    }

    /**
     * Counts an approval; the one that is still missing releases the hold.
     *
     * @param samePerson tells votes of the same person, which count once
     */
    public VoteResult add(Hold hold, Vote vote, Predicate<Vote> samePerson) throws StoreUnavailable {
        boolean[] twice = {false};
        HoldState after = change(hold, now -> {
            twice[0] = now.votes().stream().anyMatch(samePerson);
            return twice[0] ? now : now.with(vote, hold.request().terms());
        });
        if (twice[0]) {
            return VoteResult.TWICE;
        } else if (after == null) {
            return VoteResult.OVER;
        } else if (after.resolution() == null) {
            return VoteResult.COUNTED;
        }
        return after.resolution().equals(hold.resolution()) ? VoteResult.RELEASED : VoteResult.OVER;
    }

    /** @return whether there was a vote of that person, and it still could be taken back */
    public boolean withdraw(Hold hold, Predicate<Vote> mine) throws StoreUnavailable {
        boolean[] none = {false};
        HoldState after = change(hold, now -> {
            HoldState without = now.without(mine);
            none[0] = without == null;
            return without == null ? now : without;
        });
        return after != null && !none[0];
    }

    /**
     * Ends a hold by the word of one person.
     *
     * @return whether this call ended it
     */
    public boolean end(Hold hold, Resolution resolution) throws StoreUnavailable {
        HoldState after = change(hold, now -> now.ended(resolution));
        return after != null && resolution.equals(hold.resolution());
    }

    /** @return what was set, or what was there where there was nothing to change; null where it waits no more */
    private @Nullable HoldState change(Hold hold, UnaryOperator<HoldState> step) throws StoreUnavailable {
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            HoldState now = holds.current(hold);
            HoldState next = now == null ? null : step.apply(now);
            if (now == null || next == null || next.version() == now.version()) {
                return next;
            }
            if (holds.store().replace(hold, now, next)) {
                holds.take(hold, next);
                return next;
            }
        }
        throw new StoreUnavailable(
                "hold " + hold.code() + " changes all the time", new IllegalStateException("compare-and-set"));
    }
}
