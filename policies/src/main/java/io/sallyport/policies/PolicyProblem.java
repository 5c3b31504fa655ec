package io.sallyport.policies;

/** What is wrong with a policy file, and where; line and column count from 1. */
public record PolicyProblem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
