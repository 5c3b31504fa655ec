package io.sallyport.proxy.token;

import io.sallyport.policies.approval.ApprovalTerms;
import java.util.List;

/**
 * An attempt to use a token.
 *
 * @param id of this attempt, so that it can be taken back
 * @param hash of the secret that was presented
 * @param terms on which it must have been granted: what the rules ask now
 * @param countable whether the server tells, before the batch is committed, how many rows it changed
 * @param prints of the statements that need it, repeated where a statement is
 */
public record TokenUse(
        String id,
        String hash,
        String requester,
        String database,
        Surroundings surroundings,
        ApprovalTerms terms,
        boolean countable,
        List<String> prints,
        String session) {
    public TokenUse {
        prints = List.copyOf(prints);
    }
}
