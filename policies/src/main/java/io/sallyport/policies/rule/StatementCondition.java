package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.analysis.Where;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the statement is. */
public sealed interface StatementCondition extends Condition permits NameCondition, StatementCondition.OfThisOrThat {
    /** The conditions that compare with a handful of words. */
    sealed interface OfThisOrThat extends StatementCondition {}

    boolean holds(StatementFacts statement);

    @Override
    default boolean holds(StatementFacts statement, Circumstances circumstances) {
        return holds(statement);
    }

    record Kind(KindSet set) implements OfThisOrThat {
        @Override
        public boolean holds(StatementFacts statement) {
            return set.has(statement.kind());
        }

        @Override
        public Set<StatementKind> kinds() {
            return set.kinds();
        }

        @Override
        public boolean kindsAlone() {
            return true;
        }

        @Override
        public boolean impliedBy(Condition other) {
            return other instanceof Kind narrower && set.kinds().containsAll(narrower.set.kinds());
        }

        @Override
        public String described() {
            return "the kind is " + set.source();
        }
    }

    /** A write inside that runs with it, however deep, is of one of these kinds. */
    record Nested(KindSet set) implements OfThisOrThat {
        @Override
        public boolean holds(StatementFacts statement) {
            for (StatementFacts inner : statement.nested()) {
                if (set.has(inner.kind()) || holds(inner)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean impliedBy(Condition other) {
            return other instanceof Nested narrower && set.kinds().containsAll(narrower.set.kinds());
        }

        @Override
        public String described() {
            return "a write inside it is " + set.source();
        }
    }

    /** A write that it names and does not run, or one inside that, is of one of these kinds. */
    record Deferred(KindSet set) implements OfThisOrThat {
        @Override
        public boolean holds(StatementFacts statement) {
            return anyIn(statement.deferred());
        }

        private boolean anyIn(List<StatementFacts> writes) {
            for (StatementFacts write : writes) {
                if (set.has(write.kind()) || anyIn(write.nested()) || anyIn(write.deferred())) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean impliedBy(Condition other) {
            return other instanceof Deferred narrower && set.kinds().containsAll(narrower.set.kinds());
        }

        @Override
        public String described() {
            return "it names a write for later that is " + set.source();
        }
    }

    record OfClass(Set<StatementClass> classes) implements OfThisOrThat {
        @Override
        public boolean holds(StatementFacts statement) {
            return classes.contains(statement.statementClass());
        }

        @Override
        public boolean impliedBy(Condition other) {
            return other instanceof OfClass narrower && classes.containsAll(narrower.classes);
        }

        @Override
        public String described() {
            return "the class is "
                    + classes.stream().map(StatementClass::label).sorted().collect(Collectors.joining(" or "));
        }
    }

    record WhereIs(Set<Where> values) implements OfThisOrThat {
        @Override
        public boolean holds(StatementFacts statement) {
            return statement.where() != null && values.contains(statement.where());
        }

        @Override
        public boolean impliedBy(Condition other) {
            return other instanceof WhereIs narrower && values.containsAll(narrower.values);
        }

        @Override
        public String described() {
            return "WHERE is " + values.stream().map(Where::label).sorted().collect(Collectors.joining(" or "));
        }
    }

    /** A fact that is so or is not. */
    record Is(StatementFlag flag, boolean wanted) implements OfThisOrThat {
        @Override
        public boolean holds(StatementFacts statement) {
            return flag.of(statement) == wanted;
        }

        @Override
        public String described() {
            return wanted ? flag.yes() : flag.no();
        }
    }
}
