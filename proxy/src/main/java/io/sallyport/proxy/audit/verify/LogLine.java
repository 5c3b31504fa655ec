package io.sallyport.proxy.audit.verify;

import io.sallyport.proxy.audit.chain.ChainLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line as it stands in a file. */
final class LogLine {
    private final byte[] bytes;
    private final boolean ended;
    private final Place place;
    private final @Nullable ChainLine link;

    /** The bytes are those before the line feed; without one, the line is not ended. */
    LogLine(byte[] bytes, boolean ended, Place place) {
        this(bytes, ended, place, ChainLine.read(bytes));
    }

    private LogLine(byte[] bytes, boolean ended, Place place, @Nullable ChainLine link) {
        this.bytes = bytes;
        this.ended = ended;
        this.place = place;
        this.link = link;
    }

    /** The same line, elsewhere. */
    LogLine at(Place other) {
        return new LogLine(bytes, ended, other, link);
    }

    byte[] bytes() {
        return bytes;
    }

    boolean ended() {
        return ended;
    }

    Place place() {
        return place;
    }

    /** What ties it to others; null when it ends otherwise than a line of a chain. */
    @Nullable
    ChainLine link() {
        return link;
    }

    /** As {@link #link}, and null also when its hash is not that of the line. */
    @Nullable
    ChainLine intact() {
        return link != null && link.intact() ? link : null;
    }

    /** Whether it says of itself that it is such an event; what is no line of a chain may say so too. */
    boolean isEvent(String name) {
        byte[] start = ("{\"event\":\"" + name + "\",").getBytes(StandardCharsets.US_ASCII);
        return bytes.length > start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
