package io.sallyport.proxy.kept;

/** The rows that a statement touches cannot be told, or not be kept. The message is for its requester. */
public final class Unkeepable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String hint;

    /**
     * @param why ends a sentence that begins with "the rows cannot be kept: "
     * @param hint what to do about it
     */
    public Unkeepable(String why, String hint) {
        super(why);
        this.hint = hint;
    }

    /** Never null, as those of other exceptions are. */
    public String why() {
        return String.valueOf(getMessage());
    }

    public String hint() {
        return hint;
    }
}
