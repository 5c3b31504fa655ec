package io.sallyport.policies.analysis.structure;

/**
 * An expression as far as identity goes.
 *
 * @param text its text with every column resolved: the same text is the same value
 * @param varies whether it names a column of the target, or one that may be the target's
 */
record Term(String text, boolean varies) {}
