package io.sallyport.policies.analysis;

import java.util.EnumMap;
import java.util.Map;

/** The kinds of CREATE, ALTER and DROP by the type of the object. */
final class DdlKinds {
    private static final Map<ObjectType, StatementKind> CREATE = kinds("CREATE_");
    private static final Map<ObjectType, StatementKind> ALTER = kinds("ALTER_");
    private static final Map<ObjectType, StatementKind> DROP = kinds("DROP_");

    private DdlKinds() {}

    static StatementKind create(ObjectType type) {
        return known("CREATE", CREATE, type);
    }

    static StatementKind alter(ObjectType type) {
        return known("ALTER", ALTER, type);
    }

    static StatementKind drop(ObjectType type) {
        return known("DROP", DROP, type);
    }

    private static StatementKind known(String verb, Map<ObjectType, StatementKind> kinds, ObjectType type) {
        StatementKind kind = kinds.get(type);
        if (kind == null) {
            throw new Unreadable("nothing known that " + verb + " works on");
        }
        return kind;
    }

    private static Map<ObjectType, StatementKind> kinds(String verb) {
        Map<ObjectType, StatementKind> kinds = new EnumMap<>(ObjectType.class);
        for (ObjectType type : ObjectType.values()) {
            for (StatementKind kind : StatementKind.values()) {
                if (kind.name().equals(verb + type.suffix())) {
                    kinds.put(type, kind);
                }
            }
        }
        return kinds;
    }
}
