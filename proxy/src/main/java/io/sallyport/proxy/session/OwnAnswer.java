package io.sallyport.proxy.session;

import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frame.WireReader;
import org.jspecify.annotations.Nullable;

/** Takes what the server says to something that we asked, instead of the client. */
interface OwnAnswer {
    /** @param body of a DataRow; null where it is too long to be read */
    void row(@Nullable WireReader body);

    /** @param body of the server's ErrorResponse */
    void failed(ErrorResponse error, byte[] body);

    /** Its ReadyForQuery came. */
    void ended();
}
