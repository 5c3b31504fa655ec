package io.sallyport.proxy.safety;

/** A safety net is not there: the batch is not to run. The message is for its requester, and names no file or address. */
public final class NetFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Kind {
        /** The rule asks for something better than what there is. */
        NOT_MET,
        /** The configuration has nothing to make it of. */
        UNABLE,
        /** It should have worked. */
        FAILED
    }

    private final Kind kind;
    private final String hint;

    public NetFailure(Kind kind, String message, String hint) {
        super(message);
        this.kind = kind;
        this.hint = hint;
    }

    public Kind kind() {
        return kind;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }

    /** Never null, as those of other exceptions are. */
    public String told() {
        return String.valueOf(getMessage());
    }
}
