package io.sallyport.proxy.audit;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Makes lines of events and writes them; used by the writing thread alone. */
interface AuditOutput extends Closeable {
    /** Takes events to be written next. Also called without any, from time to time. */
    void add(List<AuditEvent> events);

    /** No more events come. */
    default void finish() {}

    /** Writes what was added; after an error, a further call goes on where it stopped. */
    void flush() throws IOException;
}
