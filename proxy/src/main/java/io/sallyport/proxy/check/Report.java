package io.sallyport.proxy.check;

import java.io.IOException;

/** Takes what was found, string by string: {@code begin}, then {@code statement} or {@code broken} as often as it happens, then {@code end}. */
public interface Report {
    void begin(String source) throws IOException;

    void statement(Located statement) throws IOException;

    /** Something of the string could not be judged, and counts as denied. */
    void broken(String problem) throws IOException;

    void end() throws IOException;

    /** Nothing follows. */
    void finish() throws IOException;

    /**
     * A judged statement and where it stands.
     *
     * @param text the bytes that its offsets count in
     * @param line of its first byte in the source, from 1
     * @param column of its first byte, in characters from 1
     */
    record Located(Judged judged, byte[] text, long line, long column) {}
}
