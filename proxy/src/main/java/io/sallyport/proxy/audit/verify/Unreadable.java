package io.sallyport.proxy.audit.verify;

import io.sallyport.proxy.audit.chain.Digests;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Lines in a row that are not what the chain wrote, until the next one tells what they are. */
final class Unreadable {
    private MessageDigest digest = Digests.sha256();
    private @Nullable LogLine first;
    private long lines;
    private long bytes;
    private boolean ended = true;

    void add(LogLine line) {
        if (first == null) {
            first = line;
        } else {
            digest.update((byte) '\n');
        }
        digest.update(line.bytes());
        lines++;
        bytes += line.bytes().length + 1L;
        ended = line.ended();
    }

    @Nullable
    LogLine first() {
        return first;
    }

    long lines() {
        return lines;
    }

    /** With a line feed each. */
    long bytes() {
        return bytes;
    }

    /** One line without an end: a killed process, or one that is writing just now, leaves that. */
    boolean isHalfALine() {
        return lines == 1 && !ended;
    }

    /** The digest of all of them; forgets them. */
    String take() {
        String hash = Digests.hex(digest);
        digest = Digests.sha256();
        first = null;
        lines = 0;
        bytes = 0;
        ended = true;
        return hash;
    }
}
