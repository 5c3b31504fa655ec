package io.sallyport.policies;

import io.sallyport.policies.PolicySource.Included;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.DocumentNode.Sequence;
import io.sallyport.policies.document.DocumentReader;
import io.sallyport.policies.document.Problems;
import io.sallyport.policies.document.Utf8;
import io.sallyport.policies.language.NamedLists;
import io.sallyport.policies.language.PolicyKey;
import io.sallyport.policies.language.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy file and all that it includes: whose lists, groups and rules become one. Every file is read once. */
final class PolicyFiles {
    private static final int MOST_FILES = 100;

    private final PolicySource source;
    private final Problems problems;
    private final NamedLists lists;
    private final Words words;
    private final List<Entry> functionGroups = new ArrayList<>();
    private final List<Entry> approvers = new ArrayList<>();
    private final List<Entry> people = new ArrayList<>();
    private final List<DocumentNode> sharedRoles = new ArrayList<>();
    private final List<DocumentNode> rules = new ArrayList<>();
    private final Set<String> read = new HashSet<>();
    private final Set<String> open = new HashSet<>();

    PolicyFiles(PolicySource source, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.lists = new NamedLists(problems);
        this.words = new Words(problems, lists);
    }

    /** Understands the lists of all files once they are read. */
    Words words() {
        return words;
    }

    NamedLists lists() {
        return lists;
    }

    List<Entry> functionGroups() {
        return functionGroups;
    }

    List<Entry> approvers() {
        return approvers;
    }

    List<Entry> people() {
        return people;
    }

    List<DocumentNode> sharedRoles() {
        return sharedRoles;
    }

    /** Of all files, where each is included. */
    List<DocumentNode> rules() {
        return rules;
    }

    /** The main file's mapping, or null when it has none. */
    @Nullable
    Mapping readMain(String text, String file) {
        Mapping main = mapping(text, file, PolicyKey.MAIN);
        if (main != null) {
            open.add(file);
            takeNames(main, file);
            takeRules(main, file);
        }
        return main;
    }

    private @Nullable Mapping mapping(String text, String file, Set<String> keys) {
        read.add(file);
        DocumentNode root = DocumentReader.read(text, file, problems);
        Mapping mapping = root == null ? null : words.mapping(root, "a policy with version, default and rules");
        if (mapping != null) {
            words.checkKeys(mapping, keys, keys == PolicyKey.MAIN ? "the policy" : "an included file");
        }
        return mapping;
    }

    /** Lists and groups, of this file and those that it includes at the top. */
    private void takeNames(Mapping mapping, String file) {
        entries(mapping, PolicyKey.LISTS.label(), "lists such as {people: [alice, bob]}")
                .forEach(lists::add);
        functionGroups.addAll(
                entries(mapping, PolicyKey.FUNCTION_GROUPS.label(), "groups such as {purges: [\"app.purge_*\"]}"));
        approvers.addAll(entries(mapping, PolicyKey.APPROVERS.label(), "groups such as {dba: {role: dba_team}}"));
        people.addAll(entries(mapping, PolicyKey.PEOPLE.label(), "people such as {alice: [alice, alice_admin]}"));
        DocumentNode shared = mapping.get(PolicyKey.SHARED_ROLES.label());
        if (shared != null) {
            sharedRoles.add(shared);
        }
        DocumentNode include = mapping.get(PolicyKey.INCLUDE.label());
        for (Scalar name :
                include == null ? List.<Scalar>of() : words.plainTexts(include, "the name of a file, or a list")) {
            Opened opened = open(name, file, true);
            if (opened != null) {
                if (opened.mapping.get(PolicyKey.RULES.label()) != null) {
                    problems.add(
                            name,
                            "'" + name.value() + "' has rules: include it under 'rules', where they are to stand");
                }
                open.remove(opened.file);
            }
        }
    }

    private List<Entry> entries(Mapping mapping, String key, String what) {
        DocumentNode node = mapping.get(key);
        Mapping entries = node == null ? null : words.mapping(node, what);
        return entries == null ? List.of() : entries.entries();
    }

    private void takeRules(Mapping mapping, String file) {
        DocumentNode node = mapping.get(PolicyKey.RULES.label());
        if (node == null) {
            problems.add(mapping, "the policy has no 'rules'");
            return;
        }
        if (!(node instanceof Sequence sequence) || sequence.items().isEmpty()) {
            problems.add(
                    node,
                    "rules: expected a list of rules, found "
                            + (node instanceof Sequence ? "an empty list" : node.described()));
            return;
        }
        for (DocumentNode item : sequence.items()) {
            DocumentNode include =
                    item instanceof Mapping rule && rule.entries().size() == 1
                            ? rule.get(PolicyKey.INCLUDE.label())
                            : null;
            if (include == null) {
                rules.add(item);
            } else {
                words.plainTexts(include, "the name of a file, or a list").forEach(name -> includeRules(name, file));
            }
        }
    }

    private void includeRules(Scalar name, String file) {
        Opened opened = open(name, file, false);
        if (opened != null) {
            takeRules(opened.mapping, opened.file);
            open.remove(opened.file);
        }
    }

    private record Opened(String file, Mapping mapping) {}

    /** Null when there is nothing to take from it: after a problem, or where it may be named twice and was read before. */
    private @Nullable Opened open(Scalar name, String from, boolean again) {
        Included included = source.find(name.value(), from);
        if (included instanceof Included.Missing missing) {
            problems.add(name, "cannot include '" + name.value() + "': " + missing.why());
            return null;
        }
        Included.Found found = (Included.Found) included;
        if (open.contains(found.file())) {
            problems.add(name, "'" + name.value() + "' includes itself");
        } else if (read.contains(found.file())) {
            if (!again) {
                problems.add(name, "'" + name.value() + "' is included already");
            }
        } else if (read.size() >= MOST_FILES) {
            problems.add(name, "more than " + MOST_FILES + " files");
        } else {
            String text = Utf8.decode(found.content(), found.file(), problems);
            Mapping mapping = text == null ? null : mapping(text, found.file(), PolicyKey.INCLUDED);
            if (mapping != null) {
                open.add(found.file());
                takeNames(mapping, found.file());
                return new Opened(found.file(), mapping);
            }
        }
        return null;
    }
}
