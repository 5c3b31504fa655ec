package io.sallyport.proxy.session;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.console.Spans;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.Vote;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** The words of a hold, as the requester reads them. */
final class HoldTexts {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private HoldTexts() {}

    /** @param page where approvers look too; empty names none */
    static NoticeResponse opened(Hold hold, Instant now, boolean keptAlive, String page) {
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
                who(hold) + ", in any session through this proxy: SALLYPORT SHOW " + hold.code()
                        + ", then SALLYPORT APPROVE " + hold.code()
                        + request.terms().typedForm()
                        + " or SALLYPORT REJECT " + hold.code() + " 'why'." + alone(hold) + " Expires "
                        + TIME.format(hold.expiresAt()) + " (in "
                        + Spans.text(Duration.between(now, hold.expiresAt()))
                        + "). Cancel (Ctrl-C) withdraws it."
                        + (page.isEmpty() ? "" : " Page: " + page + "/#" + hold.code()));
    }

    /** {@code Any other login role}, or how many of whom. */
    private static String who(Hold hold) {
        ApprovalTerms terms = hold.request().terms().approval();
        if (terms.requirements().equals(ApprovalTerms.NONE.requirements())) {
            return "Any other login role";
        }
        return terms.told().stream()
                .map(requirement -> requirement.quorum() + " of "
                        + (requirement.anyOf().isEmpty() ? "all other people" : requirement.groups()))
                .collect(Collectors.joining(" and "));
    }

    private static String alone(Hold hold) {
        return hold.request().terms().approval().breakGlass().isEmpty()
                ? ""
                : " In an emergency, where the rule lets you, from another session: SALLYPORT BREAK GLASS "
                        + hold.code() + " 'why'.";
    }

    static NoticeResponse voted(Hold hold, Vote vote) {
        return NoticeResponse.notice(
                hold.code() + " approved by " + vote.name() + ", " + hold.progress() + said(vote.reason())
                        + "; it still waits for " + String.join(" and ", hold.missing()),
                null,
                null);
    }

    static NoticeResponse voteWithdrawn(Hold hold, String by) {
        return NoticeResponse.notice(
                hold.code() + ": " + by + " took the approval back, " + hold.progress() + "; it still waits for "
                        + String.join(" and ", hold.missing()),
                null,
                null);
    }

    private static String said(String reason) {
        return reason.isEmpty() ? "" : " ('" + reason + "')";
    }

    static NoticeResponse reminder(Hold hold, Instant now) {
        return NoticeResponse.notice(
                hold.code() + " still waits for a second person, " + Spans.text(Duration.between(hold.openedAt(), now))
                        + " so far; expires in " + Spans.text(Duration.between(now, hold.expiresAt())),
                null,
                null);
    }

    static NoticeResponse released(Hold hold, Resolution resolution) {
        if (resolution instanceof Resolution.BrokenGlass broken) {
            return NoticeResponse.notice(
                    hold.code() + " released by its requester " + broken.by() + ", break-glass ('" + broken.reason()
                            + "'); running it now",
                    "No second person has approved it. It is written down as break-glass.",
                    null);
        }
        List<Vote> votes = hold.votes();
        String progress = votes.size() > 1 || hold.tallies().size() > 1 ? ", " + hold.progress() : "";
        String last = votes.isEmpty() ? "" : said(votes.get(votes.size() - 1).reason());
        return NoticeResponse.notice(
                hold.code() + " approved by " + resolution.person() + progress + last + "; running it now", null, null);
    }

    /** The batch was released, and is not what was agreed to any more. */
    static Denial voided(Hold hold, String changed) {
        return new Denial(
                SqlState.QUERY_CANCELED,
                hold.code() + " was released, but " + changed + " changed meanwhile: what was approved is void",
                "Rule \"" + hold.request().rule() + "\"",
                nothing(hold) + " Run it again.",
                hold.request().rule());
    }

    /** Where it was run and rolled back before anybody was asked, the server has heard of it. */
    static String nothing(Hold hold) {
        boolean ran = hold.request().summaries().stream()
                .anyMatch(line -> line.startsWith("rehearsed: ") || line.startsWith("it did: "));
        return ran ? "Nothing of it was committed." : "Nothing of it was sent to the server.";
    }

    /** The requester has not said why. */
    static Denial reasonMissing(Verdict verdict) {
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: rule \"" + verdict.rule()
                        + "\" holds it for a second person, and asks for your reason",
                verdict.message(),
                "Nothing was sent to the server. Say why, SALLYPORT REASON 'why', and send the same again in this session."
                        + " Inside a transaction, ROLLBACK first.",
                verdict.rule());
    }

    static Denial cannotHold() {
        return new Denial(
                SqlState.INTERNAL_ERROR,
                "this statement needs a second person, and Sallyport cannot hold it now",
                "Too many statements wait already, or too large ones, or the audit cannot be written.",
                "Nothing was sent to the server.",
                "fault");
    }

    /** The error in place of the held batch's reply; not for one that was released. */
    static Denial ended(Hold hold, Resolution resolution) {
        String rule = hold.request().rule();
        String code = hold.code().value();
        String nothing = nothing(hold);
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
        } else if (resolution instanceof Resolution.Withdrawn withdrawn) {
            return Denial.cancelled("Hold " + code + " was withdrawn: " + withdrawn.reason() + ". " + nothing);
        } else if (resolution instanceof Resolution.Voided voided) {
            return new Denial(
                    SqlState.INSUFFICIENT_PRIVILEGE,
                    code + " ended without approval: " + voided.reason(),
                    "Rule \"" + rule + "\"",
                    nothing + " See the log of the proxy.",
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
