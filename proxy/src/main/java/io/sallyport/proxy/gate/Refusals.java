package io.sallyport.proxy.gate;

import io.sallyport.policies.decision.Verdict;
import io.sallyport.protocol.SqlState;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words of the refusals that a policy asks for. */
final class Refusals {
    private static final int MOST_PLACES = 5;

    private Refusals() {}

    static Denial denied(Verdict verdict, HeldWork work, int index) {
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: rule \"" + verdict.rule() + "\"",
                Stream.concat(
                                work.summaries().stream().limit(1),
                                work.summaries().isEmpty() ? Stream.of("message " + index) : work.sums().stream())
                        .distinct()
                        .collect(Collectors.joining("\n")),
                hint(verdict.message()),
                verdict.rule());
    }

    private static String hint(@Nullable String message) {
        return message != null ? message : "Nothing was changed. Ask whoever keeps the policy if this must run.";
    }

    /** The command stands there without the names: they are to be typed, not copied. */
    static Denial unconfirmed(Ruling.Confirm ruling, String goodFor) {
        Verdict verdict = ruling.verdict();
        StringBuilder detail = new StringBuilder(String.join("\n", ruling.work().summaries()));
        if (verdict.message() != null) {
            detail.append('\n').append(verdict.message());
        }
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "stopped by Sallyport: it needs the name typed: rule \"" + verdict.rule() + "\"",
                detail.toString(),
                "Nothing was changed. If you mean it: SALLYPORT CONFIRM " + places(ruling.names())
                        + "; then send the same again in this session, within " + goodFor
                        + ". Inside a transaction, ROLLBACK first.",
                verdict.rule());
    }

    /** What it does is in no text that an approver would read. */
    static Denial withEarlierPortal(Verdict verdict) {
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: rule \"" + verdict.rule()
                        + "\" stops it, and the rest of an earlier portal is sent with it",
                null,
                "Nothing of it was sent to the server. Send it apart, with a Sync in between.",
                verdict.rule());
    }

    private static String places(List<NameToType> names) {
        return names.stream().limit(MOST_PLACES).map(NameToType::place).collect(Collectors.joining(", "))
                + (names.size() > MOST_PLACES ? ", … (" + names.size() + " names)" : "");
    }

    static Denial rolesUnknown() {
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "the policy asks for your role's memberships, which Sallyport does not know",
                "The server is asked outside of transactions only, or could not answer; the proxy's log says more.",
                "Nothing was sent to the server. Roll back and send it again outside of a transaction.",
                "roles");
    }
}
