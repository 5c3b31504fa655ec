package io.sallyport.policies.expression;

import java.util.List;

/** Why a text is no expression. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    /** One reason, and where in the text; both numbers count from 1. */
    public record Flaw(int line, int column, String message) {}

    private final transient List<Flaw> flaws;

    ExpressionException(List<Flaw> flaws) {
        this(flaws, null);
    }

    ExpressionException(List<Flaw> flaws, @org.jspecify.annotations.Nullable Throwable cause) {
        super(flaws.toString(), cause);
        this.flaws = List.copyOf(flaws);
    }

    public List<Flaw> flaws() {
        return flaws;
    }
}
