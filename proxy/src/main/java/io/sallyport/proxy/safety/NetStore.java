package io.sallyport.proxy.safety;

import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.StoreUnavailable;
import java.util.List;

/** What safety nets left behind, by the code of the hold or the request; known to every replica, and after a restart. */
public interface NetStore {
    /** Blocks. */
    void keep(HoldCode code, KeptNet net) throws StoreUnavailable;

    /** The oldest first; empty where nothing was kept. Blocks. */
    List<KeptNet> of(HoldCode code) throws StoreUnavailable;
}
