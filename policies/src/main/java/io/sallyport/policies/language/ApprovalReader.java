package io.sallyport.policies.language;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.approval.ApproverGroup;
import io.sallyport.policies.approval.DifferentPeople;
import io.sallyport.policies.approval.Requirement;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a hold, or a denial that takes tokens, asks of those who agree to it. */
final class ApprovalReader {
    static final Map<String, Object> QUORUM = Schemas.map("type", "integer", "minimum", 1, "maximum", 20);
    static final Map<String, Object> APPROVERS = Schemas.anyOf(List.of(
            Schemas.oneOrMore(Schemas.text()),
            Schemas.map(
                    "type",
                    "object",
                    "additionalProperties",
                    QUORUM,
                    "minProperties",
                    1,
                    "maxProperties",
                    DifferentPeople.MOST_GROUPS)));
    static final Map<String, Object> REQUIRED = Schemas.map("const", "required");
    static final Map<String, Object> ALLOWED = Schemas.map("const", "allowed");

    /** What a denial says of its token. */
    private static final Map<String, String> OF_TOKENS = new LinkedHashMap<>();

    static {
        List.of("approvers", "quorum", "typed").forEach(key -> OF_TOKENS.put(key, "who may grant a token"));
        OF_TOKENS.put("safety", "what is done before a token runs it");
    }

    private final Words words;
    private final ApproverNames approvers;

    ApprovalReader(Words words, ApproverNames approvers) {
        this.words = words;
        this.approvers = approvers;
    }

    /** Whether a denial says {@code token: allowed}; who may grant one is a problem where it does not. */
    boolean takesToken(Mapping deny) {
        boolean allowed = says(deny, "token", "allowed");
        OF_TOKENS.forEach((key, what) -> {
            DocumentNode node = deny.get(key);
            if (node != null && !allowed) {
                words.problems()
                        .add(node, "'" + key + "' of a deny says " + what + "; expected token: allowed beside it");
            }
        });
        return allowed;
    }

    ApprovalTerms read(Mapping hold) {
        DocumentNode breakGlass = hold.get("break_glass");
        ApproverGroup alone = breakGlass == null ? null : ApproverNames.ofSessions("break_glass", breakGlass, words);
        return new ApprovalTerms(
                requirements(hold),
                required(hold, "reason"),
                required(hold, "typed"),
                alone == null ? List.of() : List.of(alone));
    }

    private List<Requirement> requirements(Mapping hold) {
        DocumentNode names = hold.get("approvers");
        DocumentNode number = hold.get("quorum");
        if (names instanceof Mapping each) {
            if (number != null) {
                words.problems().add(number, "quorum: each group under 'approvers' has its own number here");
            }
            return ofEach(each);
        }
        Requirement requirement = new Requirement(
                names == null ? List.of() : groups(names), number == null ? 1 : quorum("quorum", number));
        if (number != null) {
            checkReachable("quorum", number, List.of(requirement));
        }
        return List.of(requirement);
    }

    /** {@code {dba: 1, security: 1}}: some of each, and nobody counts for two. */
    private List<Requirement> ofEach(Mapping each) {
        String expected = "1 to " + DifferentPeople.MOST_GROUPS + " groups of approvers";
        if (each.entries().isEmpty() || each.entries().size() > DifferentPeople.MOST_GROUPS) {
            words.problems()
                    .add(
                            each,
                            "expected " + expected + ", found " + each.entries().size());
            return List.of(Requirement.ANYBODY);
        }
        Map<ApproverGroup, Integer> quorums = new LinkedHashMap<>();
        for (Entry entry : each.entries()) {
            ApproverGroup group = approvers.find(entry.key(), words);
            int quorum = quorum(entry.key().value(), entry.value());
            if (group != null) {
                quorums.put(group, quorum);
            }
        }
        if (quorums.isEmpty()) {
            return List.of(Requirement.ANYBODY);
        }
        List<Requirement> requirements = DifferentPeople.of(quorums);
        checkReachable("approvers", each, requirements);
        return requirements;
    }

    private void checkReachable(String key, DocumentNode place, List<Requirement> requirements) {
        for (Requirement requirement : requirements) {
            List<ApproverGroup> groups = requirement.anyOf();
            long people = groups.stream()
                    .flatMap(group -> group.users().stream())
                    .distinct()
                    .count();
            if (!groups.isEmpty()
                    && people < requirement.quorum()
                    && groups.stream()
                            .allMatch(group ->
                                    group.roles().isEmpty() && group.claims().isEmpty())) {
                String of = requirements.size() == 1 ? "" : " (" + requirement.groups() + ")";
                words.problems()
                        .add(place, key + ": " + requirement.quorum() + " of " + people + of + " can never be reached");
                return;
            }
        }
    }

    private List<ApproverGroup> groups(DocumentNode names) {
        List<ApproverGroup> groups = new ArrayList<>();
        for (Scalar name : words.texts(names, "a group of approvers, or a list of them")) {
            ApproverGroup group = approvers.find(name, words);
            if (group != null && !groups.contains(group)) {
                groups.add(group);
            }
        }
        return groups;
    }

    private int quorum(String key, DocumentNode node) {
        String expected = "a number of people from 1 to 20";
        Scalar text = words.text(node, expected);
        if (text != null && !text.value().matches("[1-9]|1[0-9]|20")) {
            words.problems().add(text, key + ": expected " + expected + ", found " + text.described());
            return 1;
        }
        return text == null ? 1 : Integer.parseInt(text.value());
    }

    private boolean required(Mapping hold, String key) {
        return says(hold, key, "required");
    }

    private boolean says(Mapping details, String key, String expected) {
        DocumentNode node = details.get(key);
        @Nullable Scalar word = node == null ? null : words.text(node, expected);
        if (word != null && !word.value().equals(expected)) {
            words.unknown(word, Set.of(expected), "value of '" + key + "'");
        }
        return word != null;
    }
}
