package io.sallyport.proxy.session;

import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.safety.NetsFound;
import io.sallyport.proxy.token.GrantLimits;
import io.sallyport.proxy.token.SearchPath;
import io.sallyport.proxy.token.Surroundings;
import io.sallyport.proxy.token.TokenOffice;
import io.sallyport.proxy.token.TokenRequest;
import io.sallyport.proxy.token.TokenScope;
import io.sallyport.proxy.token.TokenStatement;
import io.sallyport.proxy.token.TokenWish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what was denied or held, so that a token can be granted for it. */
final class TokenWaiting {
    private final SessionContext context;
    private final Questions questions;
    private final BatchGate gate;

    TokenWaiting(SessionContext context, Questions questions, BatchGate gate) {
        this.context = context;
        this.questions = questions;
        this.gate = gate;
    }

    private record Case(Batch batch, BatchReading reading, Ruling.DenyButForToken ruling) {}

    /** Refuses it, with the code under which it can be granted where there is one. */
    void denied(Batch batch, BatchReading reading, Ruling.DenyButForToken ruling) {
        Case one = new Case(batch, reading, ruling);
        String why = ruling.coverage().uncoverable();
        if (why == null && !ruling.coverage().ascii() && !context.settings().isUtf8()) {
            why = "it has letters beyond ASCII, and client_encoding is not UTF8";
        }
        if (why != null) {
            refuse(one, TokenTexts.notKept(ruling.denial(), why));
        } else {
            questions.surroundings(
                    batch,
                    reading,
                    () -> request(one),
                    () -> refuse(
                            one, TokenTexts.notKept(ruling.denial(), "send it once everything before is answered")));
        }
    }

    private void request(Case one) {
        Surroundings around = context.surroundings().answer();
        Denial denial = one.ruling().denial();
        if (around == null) {
            refuse(one, TokenTexts.notKept(denial, "what the session's names mean is not known"));
            return;
        }
        TokenRequest request = request(context, one.ruling(), request(context, one.ruling()), around);
        TokenOffice office = context.services().tokens();
        HoldCode known = office.requests().known(TokenWish.of(request));
        if (known != null) {
            kept(one, request, known);
        } else if (office.requests().hopeless(request)) {
            kept(one, request, null);
        } else {
            Standstill waiting = new Standstill.AtTokens(one.batch(), one.reading());
            gate.stand(waiting);
            ControlCall.ask(context, () -> new Kept(office.requests().keep(request, false)), (kept, fault) -> {
                if (gate.leave(waiting)) {
                    if (kept == null) {
                        refuse(one, TokenTexts.notKept(denial, "the control database cannot be used"));
                    } else {
                        kept(one, request, kept.code());
                    }
                    gate.goOn();
                }
            });
        }
    }

    private record Kept(@Nullable HoldCode code) {}

    private void kept(Case one, TokenRequest request, @Nullable HoldCode code) {
        Denial denial = one.ruling().denial();
        refuse(
                one,
                code == null
                        ? TokenTexts.notKept(denial, "it is too long, or you have too many of them open")
                        : TokenTexts.grantable(
                                denial,
                                code,
                                request.request().terms(),
                                context.services().config().page().url()));
    }

    private void refuse(Case one, Denial denial) {
        gate.deny(
                one.batch(),
                one.reading(),
                context.services().gatekeeper().refuse(one.batch(), one.ruling().index(), denial));
    }

    /** The hold's code is that of the request, for those who come too late to approve. Whether it could be kept changes nothing. */
    static void held(SessionContext context, Hold hold, Ruling.Hold ruling) {
        if (ruling.coverage().uncoverable() != null
                || (!ruling.coverage().ascii() && !context.settings().isUtf8())) {
            return;
        }
        // What was found when it opened is not what is found when a token is used.
        HoldRequest wanted = hold.request()
                .on(hold.request().terms().withSafety(ruling.coverage().safety().described()));
        TokenRequest request = request(context, ruling, wanted, null);
        TokenRequest asked = new TokenRequest(
                hold.code(),
                request.request(),
                request.scope(),
                request.statements(),
                List.of(),
                GrantLimits.NONE,
                TokenRequest.State.OPEN,
                request.createdAt(),
                request.expiresAt(),
                0);
        ControlCall.ask(
                context, () -> new Kept(context.services().tokens().requests().keep(asked, true)), (kept, fault) -> {
                    Resolution end = hold.resolution();
                    if (end != null && end.releases()) {
                        // It ran before the request was kept.
                        released(context, hold);
                    }
                });
    }

    /** It has run: nobody needs a token for it. */
    static void released(SessionContext context, Hold hold) {
        ControlCall.ask(
                context,
                () -> {
                    context.services().tokens().requests().close(hold.code());
                    return true;
                },
                (done, fault) -> {});
    }

    private static HoldRequest request(SessionContext context, Ruling.Grantable ruling) {
        return HoldDesk.request(
                context, ruling, new NetsFound(ruling.coverage().safety().described(), 0));
    }

    /** @param around null where it is to be as when the role logs in */
    private static TokenRequest request(
            SessionContext context, Ruling.Grantable ruling, HoldRequest request, @Nullable Surroundings around) {
        return new TokenRequest(
                HoldCode.random(),
                request,
                new TokenScope(
                        context.info().user(),
                        context.info().database(),
                        around == null ? context.info().user() : around.actsAs(),
                        around == null ? SearchPath.OWN : SearchPath.exactly(around.searchPath()),
                        around == null ? null : around.reading()),
                ruling.coverage().statements().stream()
                        .map(covered -> new TokenStatement(covered.print(), covered.text()))
                        .toList(),
                List.of(),
                GrantLimits.NONE,
                TokenRequest.State.OPEN,
                context.services().clock().instant(),
                context.services().tokens().tokens().requestExpiry(),
                0);
    }
}
