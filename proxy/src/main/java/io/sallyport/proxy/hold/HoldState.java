package io.sallyport.proxy.hold;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What changes of a hold, at one moment. Votes change only while the resolution is null.
 *
 * @param version grows with every change: whoever changes it in the control database names the one that they saw
 * @param votes the approvals that count, in their order
 */
public record HoldState(
        long version, List<Vote> votes, @Nullable Resolution resolution) {
    /** Before anybody said anything. */
    public static final HoldState OPEN = new HoldState(1, List.of(), null);

    public HoldState {
        votes = List.copyOf(votes);
    }

    HoldState ended(Resolution how) {
        return new HoldState(version + 1, votes, how);
    }

    /** With one more approval, which may be the one that was missing. */
    HoldState with(Vote vote, HoldTerms terms) {
        List<Vote> more = new ArrayList<>(votes);
        more.add(vote);
        boolean enough = Tally.of(terms, more).stream().allMatch(Tally::met);
        String roles = more.stream().map(Vote::name).collect(Collectors.joining(", "));
        return new HoldState(version + 1, more, enough ? new Resolution.Approved(roles) : null);
    }

    /** Without somebody's approvals; null where there were none. */
    @Nullable
    HoldState without(Predicate<Vote> somebodys) {
        List<Vote> left = votes.stream().filter(somebodys.negate()).toList();
        return left.size() == votes.size() ? null : new HoldState(version + 1, left, null);
    }

    /** Whether the votes say what the resolution says: whoever can write to the control database is not an approver yet. */
    public boolean sound(HoldRequest request) {
        if (resolution instanceof Resolution.BrokenGlass) {
            return !request.terms().approval().breakGlass().isEmpty();
        }
        long voters = votes.stream().map(Vote::voter).distinct().count();
        return voters == votes.size()
                && votes.stream().noneMatch(vote -> vote.voter().equals(request.identity()))
                && Tally.of(request.terms(), votes).stream().allMatch(Tally::met);
    }
}
