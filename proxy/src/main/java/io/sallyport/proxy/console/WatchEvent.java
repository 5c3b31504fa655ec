package io.sallyport.proxy.console;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.token.TokenRequest;
import io.sallyport.proxy.token.Tokens;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a hold, for somebody who watches. Texts are short and can neither steer a terminal nor reorder what is
 * read in it.
 *
 * @param event waiting, opened, voted, or how it ended
 * @param by who voted, rejected or released it; empty where nobody did
 * @param why what was said with it, and what is missing
 */
public record WatchEvent(
        Instant at,
        String event,
        String code,
        String requester,
        String database,
        String rule,
        String statement,
        String by,
        String why) {
    static final String OPENED = "opened";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final int MOST_READ = 1_000;

    private static WatchEvent of(Instant at, String event, String code, HoldRequest request, String by, String why) {
        return new WatchEvent(
                at,
                event,
                code,
                clean(request.requester()),
                clean(request.database()),
                clean(request.rule()),
                clean(request.texts()),
                clean(by),
                clean(why));
    }

    /** It waits, and these have approved so far. */
    static WatchEvent waits(Instant at, String event, Hold hold) {
        List<String> voters = hold.votes().stream().map(Vote::name).toList();
        return of(
                at,
                event,
                hold.code().value(),
                hold.request(),
                String.join(", ", voters),
                told(missing(hold), hold.request().reason()));
    }

    static WatchEvent voted(Instant at, Hold hold) {
        List<Vote> votes = hold.votes();
        Vote last = votes.isEmpty() ? null : votes.get(votes.size() - 1);
        return of(
                at,
                "voted",
                hold.code().value(),
                hold.request(),
                last == null ? "" : last.name(),
                told(hold.progress() + ", " + missing(hold), last == null ? "" : last.reason()));
    }

    /** Somebody took an approval back. */
    static WatchEvent voteWithdrawn(Instant at, Hold hold) {
        String why = hold.progress() + ", " + missing(hold);
        return of(at, "vote_withdrawn", hold.code().value(), hold.request(), "", why);
    }

    static WatchEvent ended(Instant at, Hold hold, Resolution resolution) {
        String by = resolution.person() == null ? "" : resolution.person();
        return of(at, resolution.label(), hold.code().value(), hold.request(), by, resolution.detail());
    }

    /** It was released, and its proxy ended while it ran. */
    static WatchEvent lost(Instant at, Hold hold) {
        return of(
                at,
                "outcome_lost",
                hold.code().value(),
                hold.request(),
                "",
                "its proxy ended while it ran: what it did is not known");
    }

    static WatchEvent requested(Instant at, TokenRequest request) {
        String reason = request.request().reason();
        return of(at, "token_requested", request.code().value(), request.request(), "", reason);
    }

    /** Of the token itself nothing is told. */
    static WatchEvent granted(Instant at, TokenRequest request) {
        List<String> said = request.votes().stream()
                .map(Vote::reason)
                .filter(why -> !why.isEmpty())
                .toList();
        return of(
                at,
                "token_granted",
                request.code().value(),
                request.request(),
                Tokens.grantedBy(request),
                String.join("; ", said));
    }

    private static String missing(Hold hold) {
        return String.join(" and ", hold.missing()) + " missing";
    }

    private static String told(String state, String reason) {
        return reason.isEmpty() ? state : state + "; '" + reason + "'";
    }

    private static String clean(String text) {
        String some = text.length() <= MOST_READ ? text : text.substring(0, MOST_READ);
        return Console.oneLine(some).replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
    }

    /** Whether it has just begun to wait. */
    public boolean opened() {
        return event.equals(OPENED);
    }

    /** As psql shows it at once. What people said with it stands apart, or it could be written to look like the rest. */
    public String line() {
        String what = event.equals("break_glass") ? "BREAK-GLASS" : event.replace('_', ' ');
        return TIME.format(at) + " " + what + " " + code + " of " + requester + " on " + database
                + (by.isEmpty() ? "" : ", by " + by) + ", rule \"" + rule + "\": " + statement;
    }

    public List<@Nullable String> row() {
        return new ArrayList<>(List.of(
                at.truncatedTo(ChronoUnit.SECONDS).toString(),
                event,
                code,
                requester,
                database,
                rule,
                statement,
                by,
                why));
    }
}
