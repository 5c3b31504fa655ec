package io.sallyport.proxy.session;

import io.sallyport.protocol.frame.WireReader;
import org.jspecify.annotations.Nullable;

/** Takes what the server says to something that we asked, instead of the client. */
interface OwnAnswer {
    /** @param body of a DataRow; null where it is too long to be read */
    void row(@Nullable WireReader body);

    void failed(String why);

    /** Its ReadyForQuery came. */
    void ended();
}
