package io.sallyport.policies.rule;

import java.time.Instant;

/**
 * All that a rule may ask beside the statement.
 *
 * @param at when the batch came
 * @param statements how many are in the batch
 */
public record Circumstances(Subject subject, Instant at, int statements) {}
