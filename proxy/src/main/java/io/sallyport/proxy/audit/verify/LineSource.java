package io.sallyport.proxy.audit.verify;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lines, one after the other. */
interface LineSource {
    /** Null at the end. */
    @Nullable
    LogLine next() throws IOException;
}
