package io.sallyport.policies.approval;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How many people have to approve, and of whom.
 *
 * @param anyOf whoever is in one of these groups counts; none stands for anybody
 */
public record Requirement(List<ApproverGroup> anyOf, int quorum) {
    public static final Requirement ANYBODY = new Requirement(List.of(), 1);

    public Requirement {
        anyOf = List.copyOf(anyOf);
    }

    public boolean counts(Standing who) {
        return anyOf.isEmpty() || anyOf.stream().anyMatch(group -> group.includes(who));
    }

    /** Whether that could be said only if more were known of them. */
    public boolean undecided(Standing who) {
        return !counts(who) && anyOf.stream().anyMatch(group -> group.undecided(who));
    }

    public boolean asksRoles(String user) {
        return anyOf.stream().noneMatch(group -> group.users().contains(user))
                && anyOf.stream().anyMatch(group -> group.asksRoles(user));
    }

    /** Whether whatever meets the other one meets this one too. */
    boolean impliedBy(Requirement other) {
        return quorum <= other.quorum
                && (anyOf.isEmpty() || (!other.anyOf.isEmpty() && anyOf.containsAll(other.anyOf)));
    }

    /** {@code dba or leads}, by the groups' names; empty where anybody counts. */
    public String groups() {
        return anyOf.stream().map(ApproverGroup::name).collect(Collectors.joining(" or "));
    }

    String described() {
        String members = anyOf.stream()
                .map(group -> group.name() + " (" + group.members() + ")")
                .collect(Collectors.joining(" or "));
        return quorum + " of " + (members.isEmpty() ? "any other people" : members);
    }
}
