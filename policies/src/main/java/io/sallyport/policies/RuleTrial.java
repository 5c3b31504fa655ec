package io.sallyport.policies;

import org.jspecify.annotations.Nullable;

/**
 * One rule asked about one statement.
 *
 * @param failed the first condition that does not hold, in words; null when the rule matches
 */
public record RuleTrial(RuleText rule, @Nullable String failed) {}
