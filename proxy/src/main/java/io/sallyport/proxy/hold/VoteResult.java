package io.sallyport.proxy.hold;

/** What became of a vote. */
public enum VoteResult {
    COUNTED,
    /** It was the last one needed. */
    RELEASED,
    /** That person has voted already. */
    TWICE,
    /** The hold waits no more. */
    OVER
}
