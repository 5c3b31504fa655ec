package io.sallyport.proxy.config;

/** A value as somebody wrote it, and where. */
record Written(String text, String where) {}
