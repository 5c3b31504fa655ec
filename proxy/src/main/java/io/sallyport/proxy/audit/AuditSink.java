package io.sallyport.proxy.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where encoded lines go. */
interface AuditSink extends Closeable {
    /** Writes all that remains; after an error, the buffer's position says what is still to be written. */
    void write(ByteBuffer lines) throws IOException;

    /** What was written is on the disk when this returns. */
    default void force() throws IOException {}

    /** How the file was taken away from under the writer: moved or truncated; null when it is there. */
    default @Nullable String displaced() {
        return null;
    }

    /** Lets go of the file; the next write takes up the one that is there then. */
    default void leave() {}

    /** Renames the file when it is time to, and lets go of it. Called between lines only. Answers its new name. */
    default @Nullable String rotate(Instant now) {
        return null;
    }

    /** Keeps a copy of the newest checkpoint apart from the lines. */
    default void keep(byte[] checkpoint) {}
}
