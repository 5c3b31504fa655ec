package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.FunctionGroup;
import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.Where;
import io.sallyport.policies.expression.VariableType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an expression under {@code if} may ask; a name is taken as it is when the statement leaves its schema out. */
@SuppressWarnings("ImmutableEnumChecker") // what it holds never changes
public enum Variable {
    KIND("statement.kind", VariableType.STRING, of(s -> s.kind().label())),
    CLASS("statement.class", VariableType.STRING, of(s -> s.statementClass().label())),
    DESTRUCTIVE("statement.destructive", VariableType.BOOL, of(StatementFacts::destructive)),
    READABLE("statement.readable", VariableType.BOOL, of(StatementFacts::readable)),
    WHERE("statement.where", VariableType.STRING, of(s -> label(s.where()))),
    CASCADE("statement.cascade", VariableType.BOOL, of(StatementFacts::cascade)),
    TRANSACTIONAL("statement.transactional", VariableType.BOOL, of(StatementFacts::transactional)),
    TABLES("statement.tables", VariableType.STRINGS, of(s -> texts(s.tables()))),
    OBJECTS(
            "statement.objects",
            VariableType.STRINGS,
            of(s -> s.objects().stream()
                    .map(object -> object.type() + " " + object)
                    .toList())),
    FUNCTIONS("statement.functions", VariableType.STRINGS, of(StatementFacts::functions)),
    FUNCTION_GROUPS(
            "statement.function_groups",
            VariableType.STRINGS,
            of(s -> s.functions().stream()
                    .flatMap(function -> FunctionGroup.of(function).stream())
                    .map(FunctionGroup::label)
                    .distinct()
                    .toList())),
    SETTINGS(
            "statement.settings",
            VariableType.STRINGS,
            of(s -> s.settings().stream().map(SettingChange::name).toList())),
    NESTED("statement.nested", VariableType.STRINGS, of(s -> kinds(s.nested()))),
    DEFERRED("statement.deferred", VariableType.STRINGS, of(s -> kinds(s.deferred()))),
    TEXT("statement.text", VariableType.STRING, of(StatementFacts::text)),
    USER("user", VariableType.STRING, by(c -> c.subject().user())),
    DATABASE("database", VariableType.STRING, by(c -> c.subject().database())),
    APPLICATION("application", VariableType.STRING, by(c -> c.subject().application())),
    CLIENT("client", VariableType.STRING, by(c -> c.subject().clientAddress())),
    ROLES(
            "roles",
            VariableType.STRINGS,
            by(c -> c.subject().rolesOrThrow().stream().sorted().toList())),
    CERTIFICATE("certificate", VariableType.STRING, by(c -> orEmpty(c.subject().certificate()))),
    NOW("now", VariableType.TIMESTAMP, by(Circumstances::at)),
    STATEMENTS("statements", VariableType.INT, by(c -> (long) c.statements()));

    private static final Map<String, Variable> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Variable::label, variable -> variable));

    private final String label;
    private final VariableType type;
    private final BiFunction<StatementFacts, Circumstances, Object> value;

    Variable(String label, VariableType type, BiFunction<StatementFacts, Circumstances, Object> value) {
        this.label = label;
        this.type = type;
        this.value = value;
    }

    /** All of them, as the compiler wants to know them. */
    public static Map<String, VariableType> types() {
        return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Variable::label, Variable::type));
    }

    static Object value(String label, StatementFacts statement, Circumstances circumstances) {
        Variable variable = BY_NAME.get(label);
        if (variable == null) {
            throw new IllegalStateException("no variable " + label);
        }
        return variable.value.apply(statement, circumstances);
    }

    public String label() {
        return label;
    }

    public VariableType type() {
        return type;
    }

    private static BiFunction<StatementFacts, Circumstances, Object> of(Function<StatementFacts, Object> value) {
        return (statement, circumstances) -> value.apply(statement);
    }

    private static BiFunction<StatementFacts, Circumstances, Object> by(Function<Circumstances, Object> value) {
        return (statement, circumstances) -> value.apply(circumstances);
    }

    private static String label(@Nullable Where where) {
        return where == null ? "" : where.label();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<String> texts(Collection<?> names) {
        return names.stream().map(Object::toString).toList();
    }

    private static List<String> kinds(List<StatementFacts> statements) {
        return statements.stream().map(inner -> inner.kind().label()).toList();
    }
}
