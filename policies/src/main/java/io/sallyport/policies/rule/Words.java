package io.sallyport.policies.rule;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.DocumentNode.Sequence;
import io.sallyport.policies.document.NearestWord;
import io.sallyport.policies.document.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes words out of a document and says what was expected where it finds something else. */
public final class Words {
    private final Problems problems;

    public Words(Problems problems) {
        this.problems = problems;
    }

    /** Reports every key that is not among the known ones. */
    public void checkKeys(Mapping mapping, Set<String> known, String where) {
        for (Entry entry : mapping.entries()) {
            String key = entry.key().value();
            if (!known.contains(key)) {
                problems.add(
                        entry.key(),
                        "unknown key '" + key + "' in " + where + NearestWord.hint(key, known) + " expected one of "
                                + listed(known));
            }
        }
    }

    public static @Nullable DocumentNode value(Mapping mapping, String key) {
        for (Entry entry : mapping.entries()) {
            if (entry.key().value().equals(key)) {
                return entry.value();
            }
        }
        return null;
    }

    public @Nullable Mapping mapping(DocumentNode node, String what) {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        problems.add(node, "expected " + what + ", found " + node.described());
        return null;
    }

    /** A text that is not empty. */
    public @Nullable Scalar text(DocumentNode node, String what) {
        if (node instanceof Scalar scalar && !scalar.value().isBlank()) {
            return scalar;
        }
        problems.add(node, "expected " + what + ", found " + node.described());
        return null;
    }

    /** A text, or a list of texts that is not empty. */
    public List<Scalar> texts(DocumentNode node, String what) {
        List<DocumentNode> items = node instanceof Sequence sequence ? sequence.items() : List.of(node);
        if (items.isEmpty()) {
            problems.add(node, "expected " + what + ", found an empty list");
        }
        List<Scalar> texts = new ArrayList<>();
        for (DocumentNode item : items) {
            Scalar text = text(item, what);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** False, and a problem that keeps the policy from being used, when it is neither true nor false. */
    public boolean truth(DocumentNode node, String what) {
        boolean plain = node instanceof Scalar scalar
                && !scalar.quoted()
                && (scalar.value().equals("true") || scalar.value().equals("false"));
        if (!plain) {
            problems.add(node, what + ": expected true or false, found " + node.described());
        }
        return plain && node instanceof Scalar scalar && scalar.value().equals("true");
    }

    public void unknown(Scalar found, Set<String> known, String what) {
        problems.add(
                found,
                "unknown " + what + " '" + found.value() + "'" + NearestWord.hint(found.value(), known)
                        + (known.size() > 12 ? "" : " expected one of " + listed(known)));
    }

    private static String listed(Set<String> words) {
        return String.join(", ", new TreeSet<>(words));
    }
}
