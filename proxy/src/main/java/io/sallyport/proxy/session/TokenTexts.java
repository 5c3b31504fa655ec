package io.sallyport.proxy.session;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.token.TokenVerdict;
import org.jspecify.annotations.Nullable;

/** The words of tokens, as the requester reads them. */
final class TokenTexts {
    private static final String NOT_SENT = "Nothing of it was sent to the server.";

    private TokenTexts() {}

    /**
     * The refusal of what a token would let run.
     *
     * @param terms with what has to be typed
     * @param page where approvers look; empty names none
     */
    static Denial grantable(Denial denied, HoldCode code, HoldTerms terms, String page) {
        String who = terms.approval().equals(ApprovalTerms.NONE)
                ? "Anybody else"
                : String.join("; ", terms.approval().described());
        String hint = sentence(denied.hint());
        return new Denial(
                denied.sqlState(),
                denied.message(),
                denied.detail(),
                hint + "An approval token runs it. " + who + ": SALLYPORT GRANT " + code + terms.typedForm()
                        + ", or sallyport grant " + code + (page.isEmpty() ? "" : ", or " + page + "/#" + code)
                        + ". Then present it, SET sallyport.token = '…', and send the same again.",
                denied.rule());
    }

    /** What the policy's author wrote may end without a full stop. */
    private static String sentence(@Nullable String hint) {
        return hint == null ? "" : hint + (hint.matches("(?s).*\\p{Punct}\\s*") ? " " : ". ");
    }

    /** The same, where it could not be kept so that somebody can grant it. */
    static Denial notKept(Denial denied, String why) {
        String hint = sentence(denied.hint());
        return new Denial(
                denied.sqlState(),
                denied.message(),
                denied.detail(),
                hint + "An approval token would run it; no request for one was kept: " + why + ".",
                denied.rule());
    }

    /** What was presented does not do. */
    static Denial refused(Ruling.Grantable ruling, TokenVerdict.Refused refused) {
        String rule = ruling.verdict().rule();
        String hint = switch (refused.reason()) {
            case STATEMENT, USED, ROWS -> " RESET sallyport.token to have it judged without one.";
            case SETTINGS ->
                " Set them back, or have a token granted for such sessions: --search-path of sallyport grant.";
            case UNKNOWN, EXPIRED, ROLE, DATABASE, TERMS -> "";
        };
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: rule \"" + rule + "\", and the approval token does not run it: "
                        + what(refused.reason()),
                refused.detail().isEmpty() ? null : refused.detail(),
                NOT_SENT + hint,
                rule);
    }

    private static String what(TokenVerdict.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> "no such token is known";
            case EXPIRED -> "it is expired";
            case USED -> "it is used up";
            case STATEMENT -> "it is for another statement";
            case ROLE -> "it is for another role";
            case DATABASE -> "it is for another database";
            case SETTINGS -> "it is for another kind of session";
            case TERMS -> "it was granted on other terms";
            case ROWS -> "it limits rows that cannot be counted here";
        };
    }

    /** It ran, and was not committed. */
    static Denial tooManyRows(TokenVerdict.Taken taken, String rule, String commandTag) {
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "stopped by Sallyport: " + commandTag + ", and the approval token of " + taken.request()
                        + " lets at most " + taken.rows() + " rows be changed",
                null,
                "It was rolled back, and the transaction that it was part of is aborted. The token is used up for this statement.",
                rule);
    }

    /** No token runs the batch as it is. */
    static Denial uncoverable(Ruling.Grantable ruling, String why) {
        String rule = ruling.verdict().rule();
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: rule \"" + rule + "\", and an approval token cannot run it as it is",
                null,
                NOT_SENT + " The reason: " + why + ".",
                rule);
    }

    /** Not known is no. */
    static Denial doubtful(Ruling.Grantable ruling, String why) {
        String rule = ruling.verdict().rule();
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: rule \"" + rule + "\", and the approval token cannot be checked now",
                why,
                NOT_SENT + " The token may be good later.",
                rule);
    }

    static Denial tooManyGuesses(Ruling.Grantable ruling) {
        String rule = ruling.verdict().rule();
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: rule \"" + rule + "\", and tokens are not looked at here for a while",
                null,
                NOT_SENT + " Too many that nobody granted were presented by this session, or from this address.",
                rule);
    }

    static NoticeResponse used(TokenVerdict.Taken taken) {
        return NoticeResponse.notice(
                "approval token of " + taken.request() + ", granted by " + taken.grantedBy() + ": running it now",
                (taken.rows() == null ? "" : "At most " + taken.rows() + " rows. ")
                        + "It is used up for this, also where the statement fails"
                        + (taken.left() == 0
                                ? "."
                                : "; it covers " + taken.left() + " more until " + taken.expiresAt() + "."),
                null);
    }
}
