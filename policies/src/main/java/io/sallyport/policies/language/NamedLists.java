package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.DocumentNode.Sequence;
import io.sallyport.policies.document.NearestWord;
import io.sallyport.policies.document.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lists under {@code lists}, which {@code $name} stands for. {@code $$} at the beginning of a text is one {@code $}. */
public final class NamedLists {
    /** Lists of lists of lists could otherwise grow beyond measure. */
    private static final int LONGEST = 10_000;

    private final Map<String, Entry> lists = new LinkedHashMap<>();
    private final Problems problems;

    public NamedLists(Problems problems) {
        this.problems = problems;
    }

    /** A second list of the same name is a problem, in whichever file. */
    public void add(Entry list) {
        Entry first = lists.putIfAbsent(list.key().value(), list);
        if (first != null) {
            problems.add(
                    list.key(),
                    "a list '" + list.key().value() + "' is already in "
                            + first.key().position().from(list.key().position().file()));
        }
    }

    /** Says what is wrong with lists that no rule uses, too. */
    public void check() {
        Words words = new Words(problems, this);
        lists.values().forEach(list -> words.texts(list.value(), "a list of texts"));
    }

    /** The nodes behind a node: of a list its items, of {@code $name} those of that list. */
    List<DocumentNode> expanded(DocumentNode node) {
        List<DocumentNode> items = new ArrayList<>();
        expand(node, items, new HashSet<>());
        return items;
    }

    private void expand(DocumentNode node, List<DocumentNode> into, Set<String> within) {
        for (DocumentNode item : node instanceof Sequence sequence ? sequence.items() : List.of(node)) {
            if (item instanceof Scalar scalar && scalar.value().startsWith("$$")) {
                into.add(new Scalar(scalar.position(), scalar.value().substring(1), true, null));
            } else if (item instanceof Scalar scalar && scalar.value().startsWith("$")) {
                reference(scalar, into, within);
            } else {
                into.add(item);
            }
        }
    }

    private void reference(Scalar scalar, List<DocumentNode> into, Set<String> within) {
        String name = scalar.value().substring(1);
        Entry list = lists.get(name);
        if (list == null) {
            problems.add(scalar, "unknown list '" + name + "'" + NearestWord.hint(name, lists.keySet()));
        } else if (!within.add(name)) {
            problems.add(scalar, "the list '" + name + "' holds itself");
        } else if (into.size() > LONGEST) {
            problems.add(scalar, "more than " + LONGEST + " entries with the list '" + name + "'");
        } else {
            expand(list.value(), into, within);
            within.remove(name);
        }
    }
}
