package io.sallyport.policies.approval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What it takes to release a hold.
 *
 * @param requirements all of them have to be met
 * @param reasonRequired whether the requester has to say why
 * @param nameTyped whether an approver has to type the names of what is changed, whatever it is
 * @param breakGlass the requester may release it alone if in every one of these groups; none stands for never
 */
public record ApprovalTerms(
        List<Requirement> requirements, boolean reasonRequired, boolean nameTyped, List<ApproverGroup> breakGlass) {
    /** One other person, whoever it is. */
    public static final ApprovalTerms NONE = new ApprovalTerms(List.of(Requirement.ANYBODY), false, false, List.of());

    public ApprovalTerms {
        requirements = List.copyOf(requirements);
        breakGlass = List.copyOf(breakGlass);
    }

    /** What meets both: for a batch that two rules hold. */
    public ApprovalTerms and(ApprovalTerms other) {
        if (equals(other)) {
            return this;
        }
        List<ApproverGroup> both = breakGlass.isEmpty() || other.breakGlass.isEmpty()
                ? List.of()
                : Stream.concat(breakGlass.stream(), other.breakGlass.stream())
                        .distinct()
                        .toList();
        return new ApprovalTerms(
                strictest(other), reasonRequired || other.reasonRequired, nameTyped || other.nameTyped, both);
    }

    /** The same by so many people, of any of its groups; who may release their own alone may not do that here. */
    public ApprovalTerms by(int people) {
        boolean anybody = requirements.stream()
                .anyMatch(requirement -> requirement.anyOf().isEmpty());
        List<ApproverGroup> groups = anybody
                ? List.of()
                : requirements.stream()
                        .flatMap(requirement -> requirement.anyOf().stream())
                        .distinct()
                        .toList();
        return and(new ApprovalTerms(List.of(new Requirement(groups, people)), reasonRequired, nameTyped, List.of()));
    }

    /** Whether those who agreed on these terms would have met the other ones too. */
    public boolean meets(ApprovalTerms other) {
        return (nameTyped || !other.nameTyped)
                && other.requirements.stream()
                        .allMatch(asked -> requirements.stream().anyMatch(asked::impliedBy));
    }

    private List<Requirement> strictest(ApprovalTerms other) {
        List<Requirement> kept = new ArrayList<>();
        Stream.concat(requirements.stream(), other.requirements.stream()).forEach(requirement -> {
            if (kept.stream().noneMatch(requirement::impliedBy)) {
                kept.removeIf(weaker -> weaker.impliedBy(requirement));
                kept.add(requirement);
            }
        });
        return kept;
    }

    /** Those that people are told of: without what only says that the others are met by different people. */
    public List<Requirement> told() {
        return requirements.stream()
                .filter(requirement -> !DifferentPeople.isMeant(requirement, requirements))
                .toList();
    }

    /** What differs from {@link #NONE}, in words. */
    public List<String> described() {
        List<String> parts = new ArrayList<>();
        if (!requirements.equals(NONE.requirements)) {
            List<Requirement> told = told();
            parts.add(
                    "approved by " + told.stream().map(Requirement::described).collect(Collectors.joining(", and by "))
                            + (told.size() < requirements.size() ? ", all of them different people" : ""));
        }
        if (reasonRequired) {
            parts.add("the requester gives a reason");
        }
        if (nameTyped) {
            parts.add("an approver types the name");
        }
        if (!breakGlass.isEmpty()) {
            parts.add("break-glass by "
                    + breakGlass.stream().map(ApproverGroup::members).collect(Collectors.joining(", who are also ")));
        }
        return parts;
    }
}
