package io.sallyport.proxy.config;

/**
 * The event loops that carry the traffic.
 *
 * @param threads zero means one per core
 */
public record LoopSettings(int threads, TransportKind transport) {
    public static final LoopSettings DEFAULTS = new LoopSettings(0, TransportKind.AUTO);

    /** How many there are to be on this machine. */
    public int count() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }
}
