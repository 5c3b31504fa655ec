package io.sallyport.proxy.safety;

/** Makes restore points. */
public interface RestorePoints {
    /**
     * Blocks.
     *
     * @return where it is in the WAL
     * @throws NetFailure when it is not certain that there is one
     */
    String make(String name) throws NetFailure;
}
