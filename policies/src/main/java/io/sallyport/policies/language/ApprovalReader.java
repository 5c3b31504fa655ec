package io.sallyport.policies.language;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.approval.ApproverGroup;
import io.sallyport.policies.approval.Requirement;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a hold asks of those who agree to it. */
final class ApprovalReader {
    static final Map<String, Object> GROUP_NAMES = Schemas.oneOrMore(Schemas.text());
    static final Map<String, Object> QUORUM = Schemas.map("type", "integer", "minimum", 1, "maximum", 20);
    static final Map<String, Object> REQUIRED = Schemas.map("const", "required");

    private final Words words;
    private final ApproverNames approvers;

    ApprovalReader(Words words, ApproverNames approvers) {
        this.words = words;
        this.approvers = approvers;
    }

    ApprovalTerms read(Mapping hold) {
        DocumentNode breakGlass = hold.get("break_glass");
        ApproverGroup alone = breakGlass == null ? null : ApproverNames.ofSessions("break_glass", breakGlass, words);
        return new ApprovalTerms(
                List.of(requirement(hold)),
                required(hold, "reason"),
                required(hold, "typed"),
                alone == null ? List.of() : List.of(alone));
    }

    private Requirement requirement(Mapping hold) {
        DocumentNode names = hold.get("approvers");
        List<ApproverGroup> groups = names == null ? List.of() : groups(names);
        DocumentNode number = hold.get("quorum");
        int quorum = number == null ? 1 : quorum(number);
        if (number != null
                && !groups.isEmpty()
                && groups.stream()
                        .allMatch(group ->
                                group.roles().isEmpty() && group.claims().isEmpty())) {
            long people = groups.stream()
                    .flatMap(group -> group.users().stream())
                    .distinct()
                    .count();
            if (people < quorum) {
                words.problems().add(number, "quorum: " + quorum + " of " + people + " can never be reached");
            }
        }
        return new Requirement(groups, quorum);
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

    private int quorum(DocumentNode node) {
        String expected = "a number of people from 1 to 20";
        Scalar text = words.text(node, expected);
        if (text != null && !text.value().matches("[1-9]|1[0-9]|20")) {
            words.problems().add(text, "quorum: expected " + expected + ", found " + text.described());
            return 1;
        }
        return text == null ? 1 : Integer.parseInt(text.value());
    }

    private boolean required(Mapping hold, String key) {
        DocumentNode node = hold.get(key);
        @Nullable Scalar word = node == null ? null : words.text(node, "required");
        if (word != null && !word.value().equals("required")) {
            words.unknown(word, Set.of("required"), "value of '" + key + "'");
        }
        return word != null;
    }
}
