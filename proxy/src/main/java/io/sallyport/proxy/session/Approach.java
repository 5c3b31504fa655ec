package io.sallyport.proxy.session;

/** The way to the gate. */
interface Approach {
    /** Whether the client said goodbye, or sends no more. */
    boolean terminated();

    /** Whether the client sends no more. */
    boolean finished();

    /** Moves what waited behind the gate. */
    void pump();
}
