package io.sallyport.policies.language;

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
    /** More words than these would hide the message. */
    private static final int FEW = 20;

    private final Problems problems;
    private final NamedLists lists;

    public Words(Problems problems, NamedLists lists) {
        this.problems = problems;
        this.lists = lists;
    }

    /** Reports every key that is not among the known ones. */
    public void checkKeys(Mapping mapping, Set<String> known, String where) {
        for (Entry entry : mapping.entries()) {
            String key = entry.key().value();
            if (!known.contains(key)) {
                problems.add(entry.key(), "unknown key '" + key + "' in " + where + nearestOrAll(key, known, true));
            }
        }
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

    /** A text, or a list of texts that is not empty; named lists are spelt out. */
    public List<Scalar> texts(DocumentNode node, String what) {
        return texts(items(node, what), what);
    }

    /** A text, or a list of texts that is not empty, in which {@code $} means nothing. */
    public List<Scalar> plainTexts(DocumentNode node, String what) {
        checkNotEmpty(node, what);
        return texts(node instanceof Sequence sequence ? sequence.items() : List.of(node), what);
    }

    /** The node, or the nodes of a list that is not empty; named lists are spelt out. */
    List<DocumentNode> items(DocumentNode node, String what) {
        checkNotEmpty(node, what);
        return lists.expanded(node);
    }

    private void checkNotEmpty(DocumentNode node, String what) {
        if (node instanceof Sequence sequence && sequence.items().isEmpty()) {
            problems.add(node, "expected " + what + ", found an empty list");
        }
    }

    private List<Scalar> texts(List<DocumentNode> items, String what) {
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
    boolean truth(DocumentNode node) {
        boolean plain = node instanceof Scalar scalar
                && !scalar.quoted()
                && (scalar.value().equals("true") || scalar.value().equals("false"));
        if (!plain) {
            problems.add(node, "expected true or false, found " + node.described());
        }
        return plain && node instanceof Scalar scalar && scalar.value().equals("true");
    }

    public void unknown(Scalar found, Set<String> known, String what) {
        problems.add(
                found,
                "unknown " + what + " '" + found.value() + "'"
                        + nearestOrAll(found.value(), known, known.size() <= FEW));
    }

    Problems problems() {
        return problems;
    }

    private static String nearestOrAll(String word, Set<String> known, boolean listAll) {
        String hint = NearestWord.hint(word, known);
        return hint.isEmpty() && listAll ? "; expected one of " + String.join(", ", new TreeSet<>(known)) : hint;
    }
}
