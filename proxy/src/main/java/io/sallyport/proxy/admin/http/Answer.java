package io.sallyport.proxy.admin.http;

/** What a request is answered with: one reply, or events from now on. */
public sealed interface Answer permits Reply, EventStream {}
