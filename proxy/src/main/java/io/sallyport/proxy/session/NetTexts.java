package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.safety.KeptNet;
import io.sallyport.proxy.safety.NetFailure;
import org.jspecify.annotations.Nullable;

/** The words of safety nets, as the requester reads them. */
final class NetTexts {
    private static final String NOTHING = "Nothing of it was sent to the server. ";

    private NetTexts() {}

    static NoticeResponse made(KeptNet net) {
        return NoticeResponse.notice(net.told(), net.lines().isEmpty() ? null : String.join("\n", net.lines()), null);
    }

    /** Nobody was asked, or a token was presented. */
    static Denial missing(Ruling.Grantable ruling, @Nullable NetFailure missing) {
        String rule = ruling.verdict().rule();
        return missing == null
                ? Denial.unrecorded()
                : new Denial(
                        sqlState(missing),
                        "denied by Sallyport: " + missing.told(),
                        ruling.verdict().message(),
                        NOTHING + missing.hint(),
                        rule);
    }

    /** It was approved, or released by break-glass. */
    static Denial missing(Hold hold, NetFailure missing) {
        String rule = hold.request().rule();
        return new Denial(
                sqlState(missing),
                hold.code() + " was released, but " + missing.told() + ": what was approved is void",
                "Rule \"" + rule + "\"",
                HoldTexts.nothing(hold) + " " + missing.hint(),
                rule);
    }

    private static String sqlState(NetFailure missing) {
        return switch (missing.kind()) {
            case NOT_MET, UNABLE -> SqlState.INSUFFICIENT_PRIVILEGE;
            case FAILED -> SqlState.INTERNAL_ERROR;
        };
    }
}
