package io.sallyport.policies.language;

import io.sallyport.policies.approval.ApproverGroup;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.Position;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The groups under {@code approvers}. */
public final class ApproverNames {
    private static final Set<String> KEYS = new LinkedHashSet<>(List.of("role", "users", "claims"));
    private static final Set<String> KEYS_OF_SESSIONS = new LinkedHashSet<>(List.of("role", "users"));

    private final Map<String, @Nullable ApproverGroup> groups = new HashMap<>();
    private final Map<String, Position> positions = new HashMap<>();

    /** A second group of the same name is a problem, in whichever file. */
    public void add(Entry entry, Words words) {
        Scalar name = entry.key();
        Position first = positions.putIfAbsent(name.value(), name.position());
        if (first != null) {
            words.problems()
                    .add(
                            name,
                            "a group of approvers '" + name.value() + "' is already in "
                                    + first.from(name.position().file()));
            return;
        }
        groups.put(name.value(), read(name.value(), entry.value(), KEYS, words));
    }

    /** People of sessions: these have no token, so no claims. */
    static @Nullable ApproverGroup ofSessions(String name, DocumentNode node, Words words) {
        return read(name, node, KEYS_OF_SESSIONS, words);
    }

    /** {@code {role: dba_team, users: [carol]}}; null, and a problem, for anything else. */
    private static @Nullable ApproverGroup read(String name, DocumentNode node, Set<String> keys, Words words) {
        Mapping mapping = words.mapping(node, "people such as {role: dba_team, users: [carol]}");
        if (mapping == null) {
            return null;
        }
        words.checkKeys(mapping, keys, "'" + name + "'");
        List<String> roles = values(mapping.get("role"), "a role", words);
        List<String> users = values(mapping.get("users"), "a login role", words);
        List<String> claims = values(mapping.get("claims"), "a group that an issuer tells", words);
        if (mapping.entries().isEmpty()) {
            List<String> quoted = keys.stream().map(key -> "'" + key + "'").toList();
            int last = quoted.size() - 1;
            words.problems()
                    .add(
                            node,
                            "'" + name + "' is nobody: expected " + String.join(", ", quoted.subList(0, last)) + " or "
                                    + quoted.get(last));
        }
        return new ApproverGroup(name, roles, users, claims);
    }

    /** Exact names: a pattern would let in whoever may choose a name. */
    static List<Scalar> names(DocumentNode node, String what, Words words) {
        List<Scalar> names = words.texts(node, "the name of " + what + ", or a list of them");
        for (Scalar name : names) {
            if (name.value().contains("*") || name.value().contains("?")) {
                words.problems().add(name, "expected the exact name of " + what + ", found '" + name.value() + "'");
            }
        }
        return names;
    }

    private static List<String> values(@Nullable DocumentNode node, String what, Words words) {
        return node == null
                ? List.of()
                : names(node, what, words).stream()
                        .map(Scalar::value)
                        .distinct()
                        .toList();
    }

    /** Null, and a problem unless its own reading was one, where there is no such group. */
    @Nullable
    ApproverGroup find(Scalar name, Words words) {
        if (!positions.containsKey(name.value())) {
            words.unknown(name, positions.keySet(), "group of approvers");
        }
        return groups.get(name.value());
    }

    static Map<String, Object> schema() {
        Map<String, Object> keys = sessionKeys();
        keys.put(
                "claims",
                Schemas.described(
                        "Whoever has one of these in the groups claim of an OIDC token.",
                        Schemas.oneOrMore(Schemas.text())));
        return schema(keys);
    }

    static Map<String, Object> schemaOfSessions() {
        return schema(sessionKeys());
    }

    private static Map<String, Object> sessionKeys() {
        return Schemas.map(
                "role",
                Schemas.described("Whoever is a member of it.", Schemas.oneOrMore(Schemas.text())),
                "users",
                Schemas.described("Login roles by name.", Schemas.oneOrMore(Schemas.text())));
    }

    private static Map<String, Object> schema(Map<String, Object> keys) {
        Map<String, Object> schema = Schemas.mapping(keys, List.of());
        schema.put("minProperties", 1);
        return schema;
    }
}
