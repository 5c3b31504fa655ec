package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.analysis.Where;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One line under {@code when}. */
public sealed interface Condition {
    boolean holds(StatementFacts statement, Circumstances circumstances);

    /** Whether it needs {@link Subject#roles}. */
    default boolean asksRoles() {
        return false;
    }

    /** In words, to follow "when". */
    String described();

    /** The statement is of one of these kinds. */
    record Kind(Set<StatementKind> kinds, String source) implements Condition {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            return kinds.contains(statement.kind());
        }

        @Override
        public String described() {
            return "the kind is " + source;
        }
    }

    /** A write inside, however deep, is of one of these kinds. */
    record Nested(Set<StatementKind> kinds, String source) implements Condition {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            return statement.nested().stream()
                    .anyMatch(inner -> kinds.contains(inner.kind()) || holds(inner, circumstances));
        }

        @Override
        public String described() {
            return "a write inside it is " + source;
        }
    }

    record OfClass(Set<StatementClass> classes) implements Condition {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            return classes.contains(statement.statementClass());
        }

        @Override
        public String described() {
            return "the class is " + classes.stream().map(StatementClass::label).collect(Collectors.joining(" or "));
        }
    }

    record WhereIs(Set<Where> values) implements Condition {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            return statement.where() != null && values.contains(statement.where());
        }

        @Override
        public String described() {
            return "WHERE is " + values.stream().map(Where::label).collect(Collectors.joining(" or "));
        }
    }

    record Tables(List<TablePattern> patterns) implements Condition {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            for (TableName table : statement.tables()) {
                for (TablePattern pattern : patterns) {
                    if (pattern.matches(table)) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public String described() {
            return "it names a table like "
                    + patterns.stream().map(TablePattern::toString).collect(Collectors.joining(" or "));
        }
    }

    record CanBeRead(boolean wanted) implements Condition {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            return statement.readable() == wanted;
        }

        @Override
        public String described() {
            return wanted ? "it can be read" : "it cannot be read";
        }
    }

    record Destructive(boolean wanted) implements Condition {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            return statement.destructive() == wanted;
        }

        @Override
        public String described() {
            return wanted ? "it is destructive" : "it is not destructive";
        }
    }

    /** Who asks, or where, is like one of the globs. */
    record Who(Attribute attribute, List<Glob> globs) implements Condition {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            String value = attribute.of(circumstances.subject());
            return globs.stream().anyMatch(glob -> glob.matches(value));
        }

        @Override
        public String described() {
            return "the " + attribute.label() + " is like "
                    + globs.stream().map(Glob::pattern).collect(Collectors.joining(" or "));
        }
    }
}
