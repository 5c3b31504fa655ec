package io.sallyport.policies.analysis;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of CREATE, ALTER and DROP by the type of the object. */
final class DdlKinds {
    private static final Map<ObjectType, StatementKind> CREATE = kinds("CREATE_");
    private static final Map<ObjectType, StatementKind> ALTER = kinds("ALTER_");
    private static final Map<ObjectType, StatementKind> DROP = kinds("DROP_");

    private DdlKinds() {}

    static StatementKind create(@Nullable ObjectType type) {
        return known("CREATE", CREATE, type);
    }

    static StatementKind alter(@Nullable ObjectType type) {
        return known("ALTER", ALTER, type);
    }

    static StatementKind drop(@Nullable ObjectType type) {
        return known("DROP", DROP, type);
    }

    private static StatementKind known(String verb, Map<ObjectType, StatementKind> kinds, @Nullable ObjectType type) {
        StatementKind kind = type == null ? null : kinds.get(type);
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
