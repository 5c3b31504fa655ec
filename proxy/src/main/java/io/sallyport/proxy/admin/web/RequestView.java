package io.sallyport.proxy.admin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.token.TokenRequest;
import io.sallyport.proxy.token.TokenStatement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token can be granted for, as the API tells it.
 *
 * @param state open, expired, granted or closed
 * @param osUser the operating-system user that the client claims
 * @param safety the safety nets that its rules ask for, before each use
 * @param statement the exact text, or its beginning
 * @param statementLength of the whole text, in characters
 * @param covers the statements that a token would let run, once each; empty in lists
 * @param searchPath in which sessions it is good, in words
 * @param rows how many each statement may change, as far as an approver has limited it
 * @param approvedBy the names of those whose grants count so far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RequestView(
        String code,
        String state,
        String requester,
        String actsAs,
        String database,
        String searchPath,
        String application,
        String client,
        @Nullable String certificate,
        @Nullable String osUser,
        String rule,
        String message,
        List<String> why,
        List<String> safety,
        String statement,
        int statementLength,
        List<String> parameters,
        List<String> covers,
        String createdAt,
        String expiresAt,
        List<String> approvedBy,
        String progress,
        @Nullable Long rows,
        List<String> missing,
        boolean needsTyped,
        List<String> places) {
    private static final int IN_A_LIST = 2_000;
    private static final int LONGEST = 1_000_000;

    static RequestView whole(TokenRequest request, Instant now) {
        return of(
                request,
                now,
                LONGEST,
                request.request().parameters(),
                request.statements().stream().map(TokenStatement::text).toList());
    }

    static RequestView listed(TokenRequest request, Instant now) {
        return of(request, now, IN_A_LIST, List.of(), List.of());
    }

    private static RequestView of(
            TokenRequest request, Instant now, int longest, List<String> parameters, List<String> covers) {
        HoldRequest asked = request.request();
        String text = asked.texts();
        return new RequestView(
                request.code().value(),
                request.state(now),
                request.scope().requester(),
                request.scope().actsAs(),
                request.scope().database(),
                request.scope().searchPath().described(),
                asked.application(),
                asked.client(),
                asked.certificate(),
                asked.osUser().isEmpty() ? null : asked.osUser(),
                asked.rule(),
                asked.message(),
                asked.summaries(),
                asked.terms().safety(),
                text.length() <= longest ? text : text.substring(0, longest),
                text.length(),
                parameters,
                covers,
                request.createdAt().toString(),
                request.expiresAt().toString(),
                request.votes().stream().map(Vote::name).toList(),
                request.progress(),
                request.limits().rows(),
                request.isOpen(now) ? request.missing() : List.of(),
                !asked.terms().names().isEmpty(),
                asked.terms().places());
    }
}
