package io.sallyport.proxy.store;

/** The control database did not do what was asked, and whoever asked goes on as if nothing had been approved. */
public final class StoreUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String why, Throwable cause) {
        super("the control database cannot be used: " + why, cause);
    }
}
