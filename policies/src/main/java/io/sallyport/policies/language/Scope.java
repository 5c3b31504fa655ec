package io.sallyport.policies.language;

import io.sallyport.policies.document.Problems;
import java.time.ZoneId;

/**
 * What can be named in a rule.
 *
 * @param zone by whose clock {@code hours} and {@code days} are meant
 */
public record Scope(
        Problems problems, Words words, FunctionGroupNames functionGroups, ApproverNames approvers, ZoneId zone) {
    public Scope in(ZoneId other) {
        return new Scope(problems, words, functionGroups, approvers, other);
    }
}
