package io.sallyport.policies.analysis.structure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** The relations that one level of a statement sees, and what stands for the target among them. */
final class Relations {
    /** What a relation is to the statement's target. */
    enum Kind {
        /** The row that is written. */
        TARGET,
        /** The same table once more, whole: it has a row that equals the target's. */
        MIRROR,
        OTHER
    }

    /** A column: its resolved name, and whether it may be the target's. */
    record Resolved(String key, boolean varies) {}

    private static final Set<String> SESSION_VALUES = Set.of(
            "current_catalog",
            "current_role",
            "current_schema",
            "current_user",
            "localtime",
            "localtimestamp",
            "session_user",
            "system_user",
            "user");

    private final @Nullable Relations outer;
    private final Map<String, Kind> visible = new LinkedHashMap<>();
    /** Whether the mirrors are taken for the target's own row. */
    private final boolean witness;

    private final Tables tables;

    Relations(Tables tables, boolean witness) {
        this(tables, null, witness);
    }

    private Relations(Tables tables, @Nullable Relations outer, boolean witness) {
        this.tables = tables;
        this.outer = outer;
        this.witness = witness;
    }

    /** The level of a query inside this one. */
    Relations inner(boolean witnessed) {
        return new Relations(tables, this, witnessed);
    }

    Tables tables() {
        return tables;
    }

    boolean isWitness() {
        return witness;
    }

    void see(String name, Kind kind) {
        visible.put(name, kind);
    }

    boolean hasMirror() {
        return visible.containsValue(Kind.MIRROR);
    }

    boolean hasOnlyMirrors() {
        return hasMirror() && visible.values().stream().allMatch(kind -> kind == Kind.MIRROR);
    }

    /** A whole row of the target, by the name of its table. */
    boolean isWholeRow(Column column) {
        if (column.getTable() != null) {
            return false;
        }
        Kind kind = kind(column.getColumnName());
        return kind == Kind.TARGET || (kind == Kind.MIRROR && witness);
    }

    private @Nullable Kind kind(String name) {
        Kind kind = visible.get(name);
        return kind != null || outer == null ? kind : outer.kind(name);
    }

    Resolved resolve(Column column) {
        String name = column.getColumnName();
        if (column.getTable() != null) {
            return qualified(column.getTable().getName(), name);
        }
        if (SESSION_VALUES.contains(name)) {
            return new Resolved(name, false);
        }
        if (visible.isEmpty() && outer != null) {
            return outer.resolve(column);
        }
        return unqualified(name);
    }

    private Resolved qualified(String relation, String name) {
        Kind kind = kind(relation);
        if (kind == null || kind == Kind.OTHER || (kind == Kind.MIRROR && !witness)) {
            return new Resolved(relation + "." + name, false);
        }
        return new Resolved(name, true);
    }

    private Resolved unqualified(String name) {
        if (kind(name) == Kind.TARGET) {
            return new Resolved(name, true);
        }
        if (outer == null) {
            return new Resolved(name, true);
        }
        boolean mirror = visible.size() == 1 && hasMirror();
        if (mirror) {
            String only = visible.keySet().iterator().next();
            return witness ? new Resolved(name, true) : new Resolved(only + "." + name, false);
        }
        // The column of a relation in here or the target's: the text does not tell.
        return new Resolved("?" + depth() + "." + name, true);
    }

    private int depth() {
        return outer == null ? 0 : outer.depth() + 1;
    }
}
