package io.sallyport.proxy.audit.verify;

import java.nio.charset.StandardCharsets;

/**
 * A line as it stands in a file.
 *
 * @param bytes without the line feed
 * @param ended whether there is one
 */
record LogLine(byte[] bytes, boolean ended, Place place) {
    /** Whether it says of itself that it is such an event; what is no line of a chain may say so too. */
    boolean isEvent(String name) {
        byte[] start = ("{\"event\":\"" + name + "\",").getBytes(StandardCharsets.US_ASCII);
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes[i] != start[i]) {
                return false;
            }
        }
        return true;
    }
}
