package io.sallyport.proxy.replay.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Records in the order of the log. What is no record is counted and skipped. */
public interface LogReader {
    /** The next record, or null at the end. */
    @Nullable
    LogRecord next() throws IOException;
}
