package io.sallyport.proxy.admin.http;

import java.util.function.Consumer;

/** Answers requests, now or later; never blocks the thread that asks. */
public interface Responder {
    /** @param answer called once, from any thread */
    void answer(Request request, Consumer<Answer> answer);
}
