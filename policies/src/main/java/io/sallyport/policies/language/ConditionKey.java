package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.rule.Attribute;
import io.sallyport.policies.rule.BudgetCondition;
import io.sallyport.policies.rule.Combination;
import io.sallyport.policies.rule.Condition;
import io.sallyport.policies.rule.Expression;
import io.sallyport.policies.rule.ImpactCondition;
import io.sallyport.policies.rule.NameCondition;
import io.sallyport.policies.rule.StatementCondition;
import io.sallyport.policies.rule.StatementFlag;
import io.sallyport.policies.rule.SubjectCondition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every key under {@code when}; in the order in which conditions are asked, the cheap ones first. */
@SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out to be changed
enum ConditionKey {
    KIND(
            WordForms.KINDS,
            StatementCondition.Kind::new,
            "The statement is of that kind; a glob such as drop_* will do."),
    GROUP(WordForms.GROUPS, StatementCondition.Kind::new, "The statement's kind belongs to that group."),
    CLASS(
            WordForms.CLASSES,
            StatementCondition.OfClass::new,
            "The worst class of the statement and the writes inside."),
    WHERE(WordForms.WHERES, StatementCondition.WhereIs::new, "UPDATE or DELETE has such a WHERE."),
    READABLE(WordForms.TRUTH, is(StatementFlag.READABLE), "Whether the statement could be read."),
    DESTRUCTIVE(
            WordForms.TRUTH,
            is(StatementFlag.DESTRUCTIVE),
            "Whether it alters, destroys, is opaque, or is COPY FROM or SELECT INTO."),
    CASCADE(
            WordForms.TRUTH,
            is(StatementFlag.CASCADE),
            "Whether it also drops or empties what depends on its objects."),
    TRANSACTIONAL(
            WordForms.TRUTH,
            is(StatementFlag.TRANSACTIONAL),
            "Whether the server lets it run inside a transaction block."),
    NESTED(WordForms.KINDS, StatementCondition.Nested::new, "A write inside the statement is of that kind."),
    DEFERRED(
            WordForms.KINDS,
            StatementCondition.Deferred::new,
            "A write that the statement names and does not run, as in a function's body, is of that kind."),
    TABLES(NameForms.TABLES, NameCondition.Tables::new, "The statement names such a table, to write or to read."),
    OBJECTS(NameForms.OBJECTS, NameCondition.Objects::new, "The statement creates, alters or drops such an object."),
    FUNCTIONS(NameForms.FUNCTIONS, NameCondition.Functions::new, "The statement calls such a function."),
    FUNCTION_GROUP(NameForms.FUNCTION_GROUPS, Function.identity(), "The statement calls a function of that group."),
    SETTINGS(NameForms.SETTINGS, NameCondition.Settings::new, "The statement changes such a setting."),
    USER(SubjectForms.GLOBS, globs -> new SubjectCondition.Who(Attribute.USER, globs), "The login role."),
    DATABASE(
            SubjectForms.GLOBS,
            globs -> new SubjectCondition.Who(Attribute.DATABASE, globs),
            "The database of the session."),
    APPLICATION(
            SubjectForms.GLOBS,
            globs -> new SubjectCondition.Who(Attribute.APPLICATION, globs),
            "application_name, which the client sets as it likes."),
    CERTIFICATE(
            SubjectForms.GLOBS,
            globs -> new SubjectCondition.Who(Attribute.CERTIFICATE, globs),
            "The subject of the client's verified certificate."),
    STATEMENTS(SubjectForms.COMPARISON, SubjectCondition.Statements::new, "How many statements the batch has."),
    CLIENT(SubjectForms.NETWORKS, SubjectCondition.Client::new, "The client's address lies in such a network."),
    ROLE(SubjectForms.GLOBS, SubjectCondition.Role::new, "The login role is a member of such a role."),
    HOURS(TimeForms.HOURS, Function.identity(), "The time of the day; 22:00-06:00 goes over midnight."),
    DAYS(TimeForms.DAYS, Function.identity(), "The day of the week; mon-fri is a range."),
    /** Holds nothing by itself: {@link WhenReader} gives it to the conditions beside it. */
    TIMEZONE(TimeForms.ZONE, zone -> null, "By whose clock the hours and days beside it are meant."),
    ANY(CombinationForms.ANY, Combination.AnyOf::new, "One of these sets of conditions holds."),
    NOT(CombinationForms.CONDITIONS, Combination.Not::new, "These conditions do not all hold."),
    IF(ExpressionForm.EXPRESSION, Expression::new, "A CEL expression that is true."),
    /** Last, for the server has to be asked. */
    ROWS(
            SubjectForms.COMPARISON,
            ImpactCondition.Rows::new,
            "How many rows the statement changes; what nobody can tell is more than any limit."),
    SHARE(ImpactForms.SHARE, Function.identity(), "Which share of the table's rows it changes, such as \">= 10%\"."),
    BUDGET(
            BudgetForm.BUDGET,
            BudgetCondition::new,
            "How many rows were changed within some time, with it; what nobody can tell is more than any limit.");

    static final Map<String, ConditionKey> BY_LABEL = new LinkedHashMap<>();

    static {
        Arrays.stream(values()).forEach(key -> BY_LABEL.put(key.label, key));
    }

    private interface ConditionReader {
        @Nullable
        Condition read(DocumentNode node, Scope scope);
    }

    private final String label = name().toLowerCase(Locale.ROOT);
    private final ConditionReader reader;
    private final Map<String, Object> schema;

    <T> ConditionKey(ValueForm<T> form, Function<T, ? extends @Nullable Condition> condition, String meaning) {
        this.reader = (node, scope) -> {
            T value = form.read(node, scope);
            return value == null ? null : condition.apply(value);
        };
        this.schema = Schemas.described(meaning, form.schema());
    }

    private static Function<Boolean, Condition> is(StatementFlag flag) {
        return wanted -> new StatementCondition.Is(flag, wanted);
    }

    String label() {
        return label;
    }

    @Nullable
    Condition read(DocumentNode node, Scope scope) {
        return reader.read(node, scope);
    }

    Map<String, Object> schema() {
        return schema;
    }
}
