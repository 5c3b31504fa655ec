package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;

/** What a statement is or is not. */
public enum StatementFlag {
    READABLE("it can be read", "it cannot be read"),
    DESTRUCTIVE("it is destructive", "it is not destructive"),
    CASCADE("it cascades", "it does not cascade"),
    TRANSACTIONAL("it can run in a transaction block", "the server refuses it in a transaction block");

    private final String yes;
    private final String no;

    StatementFlag(String yes, String no) {
        this.yes = yes;
        this.no = no;
    }

    boolean of(StatementFacts statement) {
        return switch (this) {
            case READABLE -> statement.readable();
            case DESTRUCTIVE -> statement.destructive();
            case CASCADE -> statement.cascade();
            case TRANSACTIONAL -> statement.transactional();
        };
    }

    String yes() {
        return yes;
    }

    String no() {
        return no;
    }
}
