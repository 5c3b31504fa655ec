package io.sallyport.proxy.hold;

import io.sallyport.policies.approval.Requirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How far the votes have come towards one requirement.
 *
 * @param groups whose votes count, by the groups' names; empty for anybody's
 */
public record Tally(int votes, int quorum, String groups) {
    public static List<Tally> of(HoldTerms terms, List<Vote> votes) {
        List<Requirement> requirements = terms.approval().requirements();
        List<Tally> tallies = new ArrayList<>();
        for (int i = 0; i < requirements.size(); i++) {
            int place = i;
            long counted =
                    votes.stream().filter(vote -> vote.counts().contains(place)).count();
            Requirement requirement = requirements.get(i);
            tallies.add(new Tally((int) counted, requirement.quorum(), requirement.groups()));
        }
        return tallies;
    }

    /**
     * Those that people are told of. That the others are met by different people is one more of them only where
     * nothing else is missing.
     */
    static List<Tally> told(HoldTerms terms, List<Vote> votes) {
        List<Tally> all = of(terms, votes);
        List<Requirement> requirements = terms.approval().requirements();
        List<Requirement> toldOf = terms.approval().told();
        List<Tally> told = new ArrayList<>();
        List<Tally> open = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (toldOf.contains(requirements.get(i))) {
                told.add(all.get(i));
            } else if (!all.get(i).met()) {
                open.add(all.get(i));
            }
        }
        if (told.stream().allMatch(Tally::met)) {
            open.stream()
                    .max(Comparator.comparingInt(tally -> tally.quorum - tally.votes))
                    .ifPresent(told::add);
        }
        return told;
    }

    public boolean met() {
        return votes >= quorum;
    }

    /** {@code 1 of 2}; with the groups where several requirements have to be told apart. */
    public static String progress(List<Tally> tallies) {
        List<String> parts = tallies.stream()
                .map(tally -> tally.votes + " of " + tally.quorum
                        + (tallies.size() == 1 || tally.groups.isEmpty() ? "" : " (" + tally.groups + ")"))
                .toList();
        return String.join(", ", parts);
    }

    /** {@code 1 more of dba or leads}; empty where it is met. */
    public String missing() {
        int left = quorum - votes;
        if (left <= 0) {
            return "";
        }
        return groups.isEmpty() ? left + (left == 1 ? " more person" : " more people") : left + " more of " + groups;
    }
}
