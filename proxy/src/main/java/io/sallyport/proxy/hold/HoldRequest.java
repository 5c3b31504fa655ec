package io.sallyport.proxy.hold;

import io.sallyport.policies.approval.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is held, for whom, and why: all that an approver reads.
 *
 * @param session the requester's session code
 * @param requester the login role, as the server authenticated it
 * @param client the requester's address
 * @param osUser the operating-system user that its client claims; empty where it claims none
 * @param texts the exact SQL text, as far as it can be shown
 * @param parameters parameter values, one line a Bind
 * @param summaries what the rule found, a line each
 * @param transaction what the requester's open transaction already holds; empty outside of one
 * @param certificate subject of the requester's verified certificate; null without one
 * @param reason why the requester wants it; empty where nothing was said
 */
public record HoldRequest(
        String session,
        String requester,
        String database,
        String application,
        String client,
        String osUser,
        String rule,
        String message,
        String texts,
        List<String> parameters,
        List<String> summaries,
        List<String> transaction,
        @Nullable String certificate,
        String reason,
        HoldTerms terms) {
    private static final int REMEMBERED = 4_000;

    /** The requester, as far as it is proved who that is. */
    public Identity identity() {
        return new Identity(requester, certificate);
    }

    /** What is kept once the hold has ended: texts cut, parameter values gone. */
    public HoldRequest remembered() {
        return new HoldRequest(
                session,
                requester,
                database,
                application,
                client,
                osUser,
                rule,
                message,
                cut(texts, REMEMBERED),
                List.of(),
                summaries.stream().limit(20).map(line -> cut(line, 500)).toList(),
                transaction,
                certificate,
                reason,
                terms);
    }

    /** The same, on other terms. */
    public HoldRequest on(HoldTerms others) {
        return new HoldRequest(
                session,
                requester,
                database,
                application,
                client,
                osUser,
                rule,
                message,
                texts,
                parameters,
                summaries,
                transaction,
                certificate,
                reason,
                others);
    }

    private static String cut(String text, int characters) {
        return text.length() <= characters ? text : text.substring(0, characters) + " … (cut)";
    }
}
