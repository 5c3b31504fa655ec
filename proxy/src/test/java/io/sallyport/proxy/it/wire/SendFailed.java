package io.sallyport.proxy.it.wire;

import java.io.IOException;

/** The peer no longer takes bytes; some tests expect exactly that. */
public final class SendFailed extends RuntimeException {
    SendFailed(IOException cause) {
        super(cause);
    }
}
