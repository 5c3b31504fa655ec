package io.sallyport.policies.expression;

import java.util.List;

/** Why a text is no expression. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    /** One reason, and where in the text; both numbers count from 1. */
    public record Flaw(int line, int column, String message) {}

    private final transient List<Flaw> flaws;

    ExpressionException(List<Flaw> flaws) {
        super(flaws.toString());
        this.flaws = List.copyOf(flaws);
    }

    /** For a fault of the whole text. */
    ExpressionException(String message, Throwable cause) {
        super(message, cause);
        this.flaws = List.of(new Flaw(1, 1, message));
    }

    public List<Flaw> flaws() {
        return flaws;
    }
}
