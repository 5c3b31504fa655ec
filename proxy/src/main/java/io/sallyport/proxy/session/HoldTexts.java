package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.console.Spans;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The words of a hold, as the requester reads them. */
final class HoldTexts {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private HoldTexts() {}

    static NoticeResponse opened(Hold hold, Instant now, boolean keptAlive) {
        HoldRequest request = hold.request();
        StringBuilder detail = new StringBuilder("Rule \"" + request.rule() + "\"");
        if (!request.message().isEmpty()) {
            detail.append(": ").append(request.message());
        }
        request.summaries().forEach(summary -> detail.append("\n").append(summary));
        if (!request.transaction().isEmpty()) {
            detail.append("\nYour open transaction stays open while this waits");
            request.transaction().forEach(lock -> detail.append("\n  ").append(lock));
            detail.append(
                    keptAlive
                            ? "\nidle_in_transaction_session_timeout runs, and is re-armed by Sallyport."
                            : "\nidle_in_transaction_session_timeout runs and may end this session.");
        }
        return NoticeResponse.notice(
                "held by Sallyport until a second person approves: " + hold.code(),
                detail.toString(),
                "Any other login role, in any session through this proxy: SALLYPORT SHOW " + hold.code()
                        + ", then SALLYPORT APPROVE " + hold.code() + " or SALLYPORT REJECT " + hold.code()
                        + " 'why'. Expires " + TIME.format(hold.expiresAt()) + " (in "
                        + Spans.text(Duration.between(now, hold.expiresAt()))
                        + "). Cancel (Ctrl-C) withdraws it.");
    }

    static NoticeResponse reminder(Hold hold, Instant now) {
        return NoticeResponse.notice(
                hold.code() + " still waits for a second person, " + Spans.text(Duration.between(hold.openedAt(), now))
                        + " so far; expires in " + Spans.text(Duration.between(now, hold.expiresAt())),
                null,
                null);
    }

    static NoticeResponse approved(Hold hold, String by) {
        return NoticeResponse.notice(hold.code() + " approved by " + by + "; running it now", null, null);
    }

    /** The error in place of the held batch's reply; not for an approval. */
    static Denial ended(Hold hold, Resolution resolution) {
        String rule = hold.request().rule();
        String code = hold.code().value();
        String nothing = "Nothing of it was sent to the server.";
        if (resolution instanceof Resolution.Rejected rejected) {
            return new Denial(
                    SqlState.INSUFFICIENT_PRIVILEGE,
                    code + " rejected by " + rejected.by() + ": " + rejected.reason(),
                    "Rule \"" + rule + "\"",
                    nothing,
                    rule);
        } else if (resolution instanceof Resolution.Expired) {
            return new Denial(
                    SqlState.QUERY_CANCELED,
                    code + " expired: no second person approved it in "
                            + Spans.text(Duration.between(hold.openedAt(), hold.expiresAt())),
                    "Rule \"" + rule + "\"",
                    nothing + " Run it again when somebody is there to approve.",
                    rule);
        } else if (resolution instanceof Resolution.Withdrawn) {
            return Denial.cancelled("Hold " + code + " was withdrawn. " + nothing);
        }
        if (resolution instanceof Resolution.Approved) {
            return new Denial(
                    SqlState.QUERY_CANCELED,
                    code
                            + " was approved, but the session's settings changed meanwhile and the text may read otherwise",
                    "Rule \"" + rule + "\"",
                    nothing + " Run it again.",
                    rule);
        }
        return new Denial(
                SqlState.ADMIN_SHUTDOWN,
                "Sallyport is shutting down; hold " + code + " ended without approval",
                null,
                nothing,
                rule);
    }
}
