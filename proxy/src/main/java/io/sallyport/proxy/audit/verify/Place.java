package io.sallyport.proxy.audit.verify;

/**
 * Where a line is.
 *
 * @param line from 1
 */
public record Place(String file, long line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
