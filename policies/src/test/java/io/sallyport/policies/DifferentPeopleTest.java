package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.approval.ApproverGroup;
import io.sallyport.policies.approval.DifferentPeople;
import io.sallyport.policies.approval.Requirement;
import io.sallyport.policies.approval.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The requirements are met exactly where people can be shared out among the groups, each to one. */
class DifferentPeopleTest {
    private final Random random = new Random(7);

    @Test
    void they_are_met_exactly_where_everybody_can_count_for_one_group() {
        int met = 0;
        for (int round = 0; round < 5_000; round++) {
            Map<ApproverGroup, Integer> quorums = new LinkedHashMap<>();
            int groups = 1 + random.nextInt(DifferentPeople.MOST_GROUPS);
            for (int i = 0; i < groups; i++) {
                quorums.put(new ApproverGroup("g" + i, List.of("g" + i), List.of()), 1 + random.nextInt(2));
            }
            List<Set<String>> voters = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                Set<String> member = new TreeSet<>();
                quorums.keySet().stream()
                        .filter(group -> random.nextBoolean())
                        .forEach(group -> member.add(group.name()));
                voters.add(member);
            }
            boolean said = DifferentPeople.of(quorums).stream().allMatch(requirement -> isMet(requirement, voters));
            List<String> places = new ArrayList<>();
            quorums.forEach((group, quorum) -> places.addAll(java.util.Collections.nCopies(quorum, group.name())));
            assertThat(said).as("%s by %s", quorums, voters).isEqualTo(canBeFilled(places, voters));
            met += said ? 1 : 0;
        }
        assertThat(met).isBetween(500, 4_500);
    }

    private static boolean isMet(Requirement requirement, List<Set<String>> voters) {
        return voters.stream()
                        .filter(member -> requirement.counts(Standing.role("x", member)))
                        .count()
                >= requirement.quorum();
    }

    /** By trying everything. */
    private static boolean canBeFilled(List<String> places, List<Set<String>> voters) {
        if (places.isEmpty()) {
            return true;
        }
        for (int i = 0; i < voters.size(); i++) {
            if (voters.get(i).contains(places.get(0))) {
                List<Set<String>> left = new ArrayList<>(voters);
                left.remove(i);
                if (canBeFilled(places.subList(1, places.size()), left)) {
                    return true;
                }
            }
        }
        return false;
    }
}
