package io.sallyport.proxy.config;

/**
 * One thing wrong with the settings.
 *
 * @param where `file:line:column`, or the environment variable or option that holds the bad value
 */
public record ConfigProblem(String where, String message) {
    @Override
    public String toString() {
        return where + ": " + message;
    }
}
