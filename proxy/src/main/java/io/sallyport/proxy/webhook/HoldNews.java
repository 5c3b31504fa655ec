package io.sallyport.proxy.webhook;

import io.sallyport.proxy.config.WebhookEvent;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.Vote;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a hold, as it was then. Parameter values are no part of it; texts are cut when it is made, and masked
 * when it is told.
 *
 * @param state `waiting`, or how it ended
 * @param osUser the operating-system user that the client claims; empty without
 * @param why what the rule found, a line each
 * @param statementLength of the whole text, in characters
 * @param endedBy who approved, rejected or released it
 * @param reason what was said with its end
 */
record HoldNews(
        WebhookEvent event,
        Instant at,
        String code,
        String state,
        String requester,
        String database,
        String application,
        String client,
        @Nullable String certificate,
        String osUser,
        String session,
        String rule,
        String message,
        List<String> why,
        String statement,
        int statementLength,
        String requesterReason,
        boolean needsTyped,
        List<String> approvedBy,
        String progress,
        List<String> missing,
        Instant openedAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        String reason) {
    private static final int LONGEST_STATEMENT = 8_000;
    private static final int LONGEST_LINE = 1_000;
    private static final int MOST_LINES = 20;

    static HoldNews of(WebhookEvent event, Hold hold, @Nullable Resolution ended, Instant now) {
        HoldRequest request = hold.request();
        return new HoldNews(
                event,
                now,
                hold.code().value(),
                ended == null ? "waiting" : ended.label(),
                request.requester(),
                request.database(),
                cut(request.application(), LONGEST_LINE),
                request.client(),
                request.certificate(),
                request.osUser(),
                request.session(),
                request.rule(),
                cut(request.message(), LONGEST_LINE),
                lines(request.summaries()),
                cut(request.texts(), LONGEST_STATEMENT),
                request.texts().length(),
                cut(request.reason(), LONGEST_LINE),
                !request.terms().names().isEmpty(),
                lines(hold.votes().stream().map(Vote::name).toList()),
                hold.progress(),
                ended == null ? hold.missing() : List.of(),
                hold.openedAt(),
                hold.expiresAt(),
                ended == null ? null : now,
                ended == null ? null : ended.person(),
                ended == null ? "" : cut(ended.detail(), LONGEST_LINE));
    }

    /** What somebody reads who tries a webhook. */
    static HoldNews sample(Instant now) {
        String statement = "DELETE FROM users WHERE created_at < '2024-01-01'";
        return new HoldNews(
                WebhookEvent.TEST,
                now,
                "TEST-TEST",
                "waiting",
                "alice",
                "shop",
                "psql",
                "10.0.0.7:50123",
                null,
                "adele",
                "test",
                "a sample, nothing is held",
                "somebody tries this webhook",
                List.of("DELETE on users"),
                statement,
                statement.length(),
                "",
                false,
                List.of(),
                "0 of 1",
                List.of("1 more person"),
                now,
                now.plusSeconds(600),
                null,
                null,
                "");
    }

    private static List<String> lines(List<String> lines) {
        return lines.stream()
                .limit(MOST_LINES)
                .map(line -> cut(line, LONGEST_LINE))
                .toList();
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean halved = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, halved ? longest - 1 : longest);
    }
}
