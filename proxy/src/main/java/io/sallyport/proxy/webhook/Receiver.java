package io.sallyport.proxy.webhook;

import java.io.IOException;

/** Who is told, and in what form. Used by one thread. */
interface Receiver {
    /**
     * One attempt.
     *
     * @throws IOException when there was no answer
     */
    Outcome tell(Delivery delivery) throws IOException, InterruptedException;

    /** What the receiver answered last; for who tries it, never for a log. */
    String lastAnswer();
}
