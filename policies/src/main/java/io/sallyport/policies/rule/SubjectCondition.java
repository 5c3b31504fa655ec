package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who asks, from where, and how much at once. */
public sealed interface SubjectCondition extends Condition {
    boolean holds(Circumstances circumstances);

    @Override
    default boolean holds(StatementFacts statement, Circumstances circumstances) {
        return holds(circumstances);
    }

    /** Who asks, or where, is like one of the globs; what is not known is like none. */
    record Who(Attribute attribute, List<Glob> globs) implements SubjectCondition {
        @Override
        public boolean holds(Circumstances circumstances) {
            String value = attribute.of(circumstances.subject());
            return value != null && Glob.any(globs, value);
        }

        /** A pattern counts as implied by its own text: {@code app_*} fits {@code *}, and {@code app_1} fits {@code app_*}. */
        @Override
        public boolean impliedBy(Condition other) {
            return other instanceof Who narrower
                    && attribute == narrower.attribute
                    && narrower.globs.stream()
                            .allMatch(glob -> globs.contains(glob)
                                    || (!glob.pattern().contains("?")
                                            && !glob.pattern().contains("*")
                                            && Glob.any(globs, glob.pattern())));
        }

        @Override
        public String described() {
            return "the " + attribute.label() + " is like " + Glob.listed(globs);
        }
    }

    /** The user is a member of a role like one of the globs. */
    record Role(List<Glob> globs) implements SubjectCondition {
        @Override
        public boolean holds(Circumstances circumstances) {
            Set<String> roles = circumstances.subject().rolesOrThrow();
            return roles.stream().anyMatch(role -> Glob.any(globs, role));
        }

        @Override
        public boolean asksRoles() {
            return true;
        }

        @Override
        public String described() {
            return "the user is a member of " + Glob.listed(globs);
        }
    }

    /** The client's address lies in one of the networks; an address that is not known lies in none. */
    record Client(List<Network> networks) implements SubjectCondition {
        @Override
        public boolean holds(Circumstances circumstances) {
            return Network.any(networks, circumstances.subject().clientAddress());
        }

        @Override
        public String described() {
            return "the client is in "
                    + networks.stream().map(Network::toString).collect(Collectors.joining(" or "));
        }
    }

    /** How many statements the batch has. */
    record Statements(Comparison comparison) implements SubjectCondition {
        @Override
        public boolean holds(Circumstances circumstances) {
            return comparison.holds(circumstances.statements());
        }

        @Override
        public String described() {
            return "the batch has " + comparison.described() + " statements";
        }
    }
}
