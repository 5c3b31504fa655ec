package io.sallyport.proxy.admin.http;

import java.util.function.Consumer;

/**
 * Server-sent events.
 *
 * @param subscriber given the way to the reader once the answer has begun
 */
public record EventStream(Consumer<EventSink> subscriber) implements Answer {}
