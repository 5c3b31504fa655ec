package io.sallyport.policies.approval;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Some of each of several groups, where nobody counts for two. One who is in two of the groups would meet both; so that
 * all of them are met by different people, any of the groups together need as many people as each of them asks for
 * (Hall's theorem): a requirement for each set of groups says so.
 */
public final class DifferentPeople {
    /** The sets of groups double with each. */
    public static final int MOST_GROUPS = 4;

    private DifferentPeople() {}

    /** @param quorums how many of each group; of {@link #MOST_GROUPS} at most */
    public static List<Requirement> of(Map<ApproverGroup, Integer> quorums) {
        if (quorums.size() > MOST_GROUPS) {
            throw new IllegalArgumentException("more than " + MOST_GROUPS + " groups");
        }
        List<ApproverGroup> groups = List.copyOf(quorums.keySet());
        List<Requirement> requirements = new ArrayList<>();
        for (ApproverGroup group : groups) {
            requirements.add(new Requirement(List.of(group), quorums.getOrDefault(group, 1)));
        }
        for (int chosen = 1; chosen < 1 << groups.size(); chosen++) {
            if (Integer.bitCount(chosen) > 1) {
                requirements.add(together(groups, quorums, chosen));
            }
        }
        return requirements;
    }

    private static Requirement together(List<ApproverGroup> groups, Map<ApproverGroup, Integer> quorums, int chosen) {
        List<ApproverGroup> some = new ArrayList<>();
        int people = 0;
        for (int i = 0; i < groups.size(); i++) {
            if ((chosen >> i & 1) == 1) {
                some.add(groups.get(i));
                people += quorums.getOrDefault(groups.get(i), 1);
            }
        }
        return new Requirement(some, people);
    }

    /** Whether the requirement says only that others among them are met by different people. */
    static boolean isMeant(Requirement requirement, List<Requirement> among) {
        Set<ApproverGroup> met = new LinkedHashSet<>();
        int people = 0;
        for (Requirement other : among) {
            if (other.anyOf().size() == 1 && requirement.anyOf().containsAll(other.anyOf())) {
                met.addAll(other.anyOf());
                people += other.quorum();
            }
        }
        return requirement.anyOf().size() > 1
                && met.size() == requirement.anyOf().size()
                && people == requirement.quorum();
    }
}
