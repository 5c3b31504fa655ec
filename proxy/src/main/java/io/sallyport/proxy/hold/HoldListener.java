package io.sallyport.proxy.hold;

/** The requester's session; called on whatever thread voted or resolved. */
public interface HoldListener {
    /** Called once. */
    void resolved(Hold hold, Resolution resolution);

    /** Somebody approved, and more have to. */
    default void voted(Hold hold, Vote vote) {}

    /** An approval was taken back. */
    default void voteWithdrawn(Hold hold, String by) {}
}
