package io.sallyport.policies;

import io.sallyport.policies.decision.Decision;

/**
 * A rule in words.
 *
 * @param file where it is written, and in which line
 * @param sentence the whole rule: its decision, conditions and terms
 */
public record RuleText(String name, String file, int line, Decision decision, String sentence) {}
