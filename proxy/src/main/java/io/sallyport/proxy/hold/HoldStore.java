package io.sallyport.proxy.hold;

import io.sallyport.proxy.store.StoreUnavailable;
import java.util.List;
import java.util.Optional;

/**
 * Where every replica sees the same of each hold. What a voter does is compared and set there first; what the session
 * that waits does counts at once, and is written down as soon as that is possible.
 */
public interface HoldStore {
    /** Written down soon. Never blocks. */
    void opened(Hold hold);

    /** How it ended by its own session's word, or what became of it afterwards; written down soon. Never blocks. */
    void ended(Hold hold);

    /**
     * As it is now. A hold of this replica that is not there yet is written down first. Blocks.
     *
     * @throws StoreUnavailable also where it is not there at all
     */
    HoldState state(Hold hold) throws StoreUnavailable;

    /**
     * Sets the later state, if nobody changed the earlier one meanwhile. Blocks.
     *
     * @throws StoreUnavailable when it cannot be known whether it was set
     */
    boolean replace(Hold hold, HoldState before, HoldState after) throws StoreUnavailable;

    /**
     * Takes the release of a hold of this replica over: from here on no other replica ends it. Blocks.
     *
     * @return false where it is not released there, or not any more
     */
    boolean claim(Hold hold) throws StoreUnavailable;

    /** The whole of it, of whatever replica. Blocks. */
    Optional<StoredHold> find(HoldCode code) throws StoreUnavailable;

    /**
     * Those that ended, the last one first. Blocks.
     *
     * @param search in lower case; empty for all
     */
    List<StoredHold> history(String search, int most) throws StoreUnavailable;
}
