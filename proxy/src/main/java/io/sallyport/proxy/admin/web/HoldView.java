package io.sallyport.proxy.admin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.safety.KeptNet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hold as the API tells it.
 *
 * @param osUser the operating-system user that the client claims
 * @param safety the safety nets, a line each
 * @param statement the exact text, or its beginning
 * @param statementLength of the whole text, in characters
 * @param approvedBy the names of those whose approvals count so far
 * @param progress how many have approved, as in `1 of 2`
 * @param missing who has to approve yet
 * @param requesterReason why the requester wants it
 * @param needsTyped whether the approver must type the names of what is to be dropped
 * @param outcome what the server said of what ran; null where nothing has
 * @param mayBreakGlass whether who asks may release it alone; false in lists
 * @param kept what its safety nets left behind; empty in lists
 * @param places what stands for those names, which are to be typed, not copied
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HoldView(
        String code,
        String state,
        String requester,
        String database,
        String application,
        String client,
        @Nullable String certificate,
        @Nullable String osUser,
        String session,
        String rule,
        String message,
        List<String> why,
        List<String> safety,
        String statement,
        int statementLength,
        List<String> parameters,
        List<String> transaction,
        String openedAt,
        String expiresAt,
        @Nullable String endedAt,
        @Nullable String endedBy,
        @Nullable String reason,
        @Nullable String outcome,
        List<String> approvedBy,
        String progress,
        List<String> missing,
        String requesterReason,
        boolean needsTyped,
        List<String> places,
        boolean mayBreakGlass,
        List<KeptView> kept) {
    private static final int IN_A_LIST = 2_000;
    private static final int LONGEST = 1_000_000;

    static HoldView whole(Hold hold, boolean mayBreakGlass, List<KeptNet> kept) {
        return of(hold, LONGEST, hold.request().parameters(), mayBreakGlass, KeptView.of(kept));
    }

    static HoldView listed(Hold hold) {
        return of(hold, IN_A_LIST, List.of(), false, List.of());
    }

    private static HoldView of(
            Hold hold, int longest, List<String> parameters, boolean mayBreakGlass, List<KeptView> kept) {
        HoldRequest request = hold.request();
        Resolution ended = hold.resolution();
        Instant endedAt = hold.endedAt();
        Outcome outcome = hold.outcome();
        String text = request.texts();
        return new HoldView(
                hold.code().value(),
                hold.state(),
                request.requester(),
                request.database(),
                request.application(),
                request.client(),
                request.certificate(),
                request.osUser().isEmpty() ? null : request.osUser(),
                request.session(),
                request.rule(),
                request.message(),
                request.summaries(),
                request.terms().safety(),
                text.length() <= longest ? text : text.substring(0, longest),
                text.length(),
                parameters,
                request.transaction(),
                hold.openedAt().toString(),
                hold.expiresAt().toString(),
                endedAt == null ? null : endedAt.toString(),
                ended == null ? null : ended.person(),
                reason(ended),
                outcome == null ? null : outcome.text(),
                hold.votes().stream().map(Vote::name).toList(),
                hold.progress(),
                ended == null ? hold.missing() : List.of(),
                request.reason(),
                !request.terms().names().isEmpty(),
                request.terms().places(),
                mayBreakGlass,
                kept);
    }

    private static @Nullable String reason(@Nullable Resolution ended) {
        return ended == null || ended.detail().isEmpty() ? null : ended.detail();
    }
}
