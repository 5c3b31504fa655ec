package io.sallyport.policies.document;

/** A place in a document; both numbers count from 1. */
public record Position(int line, int column) {}
