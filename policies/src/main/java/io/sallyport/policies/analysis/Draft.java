package io.sallyport.policies.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts of one statement while its readers collect them. */
final class Draft {
    private StatementKind kind = StatementKind.UNREADABLE;
    private StatementClass ownClass = StatementClass.DESTROY;
    private boolean destructive;
    private final Set<TableName> targets = new LinkedHashSet<>();
    private final Set<TableName> tables = new LinkedHashSet<>();
    private final Set<String> functions = new LinkedHashSet<>();
    private final List<StatementFacts> nested = new ArrayList<>();
    private final Set<ObjectName> objects = new LinkedHashSet<>();
    private final List<SettingChange> settings = new ArrayList<>();
    private final List<StatementFacts> deferred = new ArrayList<>();
    private @Nullable Where where;
    private boolean cascade;
    private boolean transactional = true;
    private @Nullable String disagreement;
    private @Nullable String preparedName;
    private boolean copyFromClient;

    void kind(StatementKind kind) {
        this.kind = kind;
        this.ownClass = kind.ownClass();
    }

    StatementKind kind() {
        return kind;
    }

    void atLeast(StatementClass statementClass) {
        ownClass = ownClass.worse(statementClass);
    }

    /** Destructive whatever its class says, as COPY FROM is. */
    void destructive() {
        destructive = true;
    }

    void target(TableName table) {
        targets.add(table);
    }

    void reads(TableName table) {
        tables.add(table);
    }

    void calls(String function) {
        functions.add(function);
    }

    void where(Where where) {
        this.where = where;
    }

    @Nullable
    Where where() {
        return where;
    }

    void names(ObjectName object) {
        objects.add(object);
    }

    void cascade() {
        cascade = true;
    }

    /** The server refuses it inside a transaction block (xact.c, PreventInTransactionBlock). */
    void notTransactional() {
        transactional = false;
    }

    void sets(SettingChange setting) {
        settings.add(setting);
    }

    /** The parser of structure saw something else than the tokens say. */
    void disagreement(String what) {
        disagreement = disagreement == null ? what : disagreement;
    }

    /** A statement that this one names, to be run another time if at all; one that reads and calls nothing is left out. */
    void defers(StatementFacts later) {
        if (isWrite(later.kind())
                || !later.functions().isEmpty()
                || !later.nested().isEmpty()) {
            deferred.add(later);
        }
    }

    /** A statement in the body of a DO: as one that this one runs, but a name it prepares or executes is its own. */
    void runsInBody(StatementFacts inner) {
        String name = preparedName;
        runs(inner);
        preparedName = name;
    }

    void prepared(@Nullable String name) {
        preparedName = name;
    }

    void copyFromClient() {
        copyFromClient = true;
    }

    /** Takes over a statement that this one runs: as a nested write, or, when it only reads, as part of this one. */
    void runs(StatementFacts inner) {
        if (inner.preparedName() != null) {
            preparedName = inner.preparedName();
        }
        if (isWrite(inner.kind())) {
            nested.add(inner);
        } else {
            tables.addAll(inner.tables());
            functions.addAll(inner.functions());
            nested.addAll(inner.nested());
            settings.addAll(inner.settings());
            deferred.addAll(inner.deferred());
            transactional &= inner.transactional();
            disagreement = disagreement == null ? inner.disagreement() : disagreement;
        }
    }

    /** Takes over what a statement names that this one does not run. */
    void mentions(StatementFacts inner) {
        tables.addAll(inner.tables());
        // The planner may call some of them (clauses.c, estimate_expression_value).
        functions.addAll(inner.functions());
        inner.nested().forEach(this::mentions);
        if (inner.preparedName() != null) {
            preparedName = inner.preparedName();
        }
    }

    private static boolean isWrite(StatementKind kind) {
        return kind != StatementKind.SELECT && kind != StatementKind.DECLARE_CURSOR;
    }

    StatementFacts facts(int start, int end, String text) {
        StatementClass worst = ownClass;
        boolean destroys = destructive || ownClass.compareTo(StatementClass.ALTER) >= 0;
        // What can be read of a DO is not all that it may do: it stays opaque, whatever was read.
        boolean opaque = kind == StatementKind.DO;
        for (StatementFacts inner : nested) {
            worst = opaque ? worst : worst.worse(inner.statementClass());
            destroys |= inner.destructive();
        }
        List<TableName> all = new ArrayList<>(targets);
        for (TableName table : tables) {
            if (!targets.contains(table)) {
                all.add(table);
            }
        }
        return new StatementFacts(
                kind,
                worst,
                destroys,
                all,
                List.copyOf(objects),
                where,
                cascade,
                List.copyOf(functions),
                settings,
                nested,
                deferred,
                transactional,
                null,
                disagreement,
                preparedName,
                copyFromClient,
                start,
                end,
                text);
    }
}
