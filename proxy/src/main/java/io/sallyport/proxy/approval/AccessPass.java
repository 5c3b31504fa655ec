package io.sallyport.proxy.approval;

/**
 * The personal access token that somebody came with instead of logging in.
 *
 * @param label what its owner calls it
 */
public record AccessPass(String id, String label) {
    /** {@code token kqhwzmrt (ci)}: as the audit has it. */
    @Override
    public String toString() {
        return "token " + id + " (" + label + ")";
    }
}
