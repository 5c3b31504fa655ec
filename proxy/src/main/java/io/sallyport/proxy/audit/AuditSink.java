package io.sallyport.proxy.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where encoded lines go. */
interface AuditSink extends Closeable {
    /** Writes all that remains; after an error, the buffer's position says what is still to be written. */
    void write(ByteBuffer lines) throws IOException;
}
