package io.sallyport.proxy.cli;

/** What every command answers to its shell. */
public final class ExitCode {
    public static final int DONE = 0;
    /** A finding, a refusal, or something that did not work. */
    public static final int REFUSED = 1;
    /** A usage or configuration error: trying again without changing something is in vain. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
