package io.sallyport.proxy.safety;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.StoreUnavailable;
import java.util.List;
import java.util.Map;

/** What safety nets left behind, by the code of the hold or the request; known to every replica, and after a restart. */
public interface NetStore {
    /** Blocks. */
    void keep(HoldCode code, KeptNet net) throws StoreUnavailable;

    /**
     * Changes what is known of kept rows, where nobody else did meanwhile. Blocks.
     *
     * @return whether this call did
     */
    boolean change(HoldCode code, KeptRows from, KeptRows to) throws StoreUnavailable;

    /** All kept rows that are still there. Blocks. */
    Map<KeptRows, HoldCode> rows() throws StoreUnavailable;

    /** The oldest first; empty where nothing was kept. Blocks. */
    List<KeptNet> of(HoldCode code) throws StoreUnavailable;
}
