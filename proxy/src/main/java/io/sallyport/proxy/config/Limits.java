package io.sallyport.proxy.config;

/**
 * What one client may make the proxy keep in memory.
 *
 * @param connections client connections at one time
 * @param messageBytes the largest message that is assembled to be judged (Query, Parse, Bind…)
 * @param batchBytes the largest extended-protocol batch, all its messages together
 * @param queuedBytes client bytes kept while a batch waits; beyond, the client's socket is no longer read
 * @param preparedStatements prepared statements that one session may have at one time
 */
public record Limits(int connections, int messageBytes, int batchBytes, int queuedBytes, int preparedStatements) {
    public static final Limits DEFAULTS = new Limits(2000, 64 << 20, 16 << 20, 1 << 20, 10_000);
}
