package io.sallyport.proxy.session;

import io.sallyport.protocol.TransactionStatus;

/** Hears of ReadyForQuery in the client's place, while a transaction is open that the client does not know of. */
interface HiddenReady {
    /** What will be answered by it was sent. */
    void expected();

    /** The server does not answer it: it was sent into a COPY. */
    void swallowed();

    void came(TransactionStatus status);
}
