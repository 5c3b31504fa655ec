package io.sallyport.proxy.session;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.auth.Networks;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Coverage;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.StoreUnavailable;
import io.sallyport.proxy.token.Surroundings;
import io.sallyport.proxy.token.TokenProof;
import io.sallyport.proxy.token.TokenUse;
import io.sallyport.proxy.token.TokenVerdict;
import io.sallyport.proxy.token.Tokens;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what is stopped where the client presents a token for it; whatever goes wrong on the way is a refusal. */
final class TokenGate {
    private static final Logger log = LoggerFactory.getLogger(TokenGate.class);

    /** A session that presents so many that nobody granted has none. */
    private static final int MOST_GUESSES = 5;

    private final SessionContext context;
    private final Approach approach;
    private final Questions questions;
    private final BatchGate gate;
    private final TokenWaiting requests;
    private final CountedRun counted;
    private int guesses;

    TokenGate(SessionContext context, Approach approach, Questions questions, BatchGate gate) {
        this.context = context;
        this.approach = approach;
        this.questions = questions;
        this.gate = gate;
        this.requests = new TokenWaiting(context, questions, gate);
        this.counted = new CountedRun(context, gate);
    }

    /** One batch with the token that was presented for it. */
    private record Case(Batch batch, BatchReading reading, Ruling.Grantable ruling, String hash) {}

    /** Whether the ruling is carried out here: what is held waits for a person where no token is presented. */
    boolean concerns(Ruling.Grantable ruling) {
        return ruling instanceof Ruling.DenyButForToken || context.tokens().presented() != null;
    }

    void begin(Batch batch, BatchReading reading, Ruling.Grantable ruling) {
        String hash = context.tokens().presented();
        if (approach.terminated() && hash != null) {
            batch.release();
            context.closeBoth();
        } else if (hash == null) {
            requests.denied(batch, reading, (Ruling.DenyButForToken) ruling);
        } else {
            present(new Case(batch, reading, ruling, hash));
        }
    }

    private void present(Case one) {
        Coverage coverage = one.ruling().coverage();
        String why = coverage.uncoverable();
        if (why == null && !coverage.ascii() && !context.settings().isUtf8()) {
            why = "it has letters beyond ASCII, and client_encoding is not UTF8";
        }
        String network = Networks.of(context.info().client());
        if (guesses >= MOST_GUESSES || !context.services().tokens().guesses().admits(network)) {
            context.tokens().refused("limit", Duration.ZERO);
            refuse(one, TokenTexts.tooManyGuesses(one.ruling()));
        } else if (why != null) {
            context.tokens().refused("statement", Duration.ZERO);
            refuse(one, TokenTexts.uncoverable(one.ruling(), why));
        } else {
            questions.surroundings(
                    one.batch(),
                    one.reading(),
                    () -> use(one),
                    () -> doubtful(
                            one,
                            "The server can be asked what the session's names mean only once everything before is answered."));
        }
    }

    private void use(Case one) {
        Surroundings surroundings = context.surroundings().answer();
        if (surroundings == null) {
            doubtful(one, "What the session's names mean is not known.");
            return;
        }
        TokenUse use = new TokenUse(
                UUID.randomUUID().toString(),
                one.hash(),
                context.info().user(),
                context.info().database(),
                surroundings,
                one.ruling().coverage().terms(),
                one.ruling().coverage().countable(),
                one.ruling().coverage().statements().stream()
                        .map(Coverage.Covered::print)
                        .toList(),
                context.info().code());
        Standstill waiting = new Standstill.AtTokens(one.batch(), one.reading());
        gate.stand(waiting);
        Meaning meaning = Meaning.of(context);
        LexerSettings lexer = context.settings().lexer();
        ControlCall.ask(
                context,
                () -> context.services().tokens().tokens().use(use),
                (attempt, fault) -> tried(one, waiting, attempt, fault, () -> changed(meaning, lexer)));
    }

    private @Nullable String changed(Meaning before, LexerSettings lexer) {
        return lexer.equals(context.settings().lexer())
                ? before.changed(Meaning.of(context))
                : "how the server reads strings";
    }

    /** What the batch would do by now. */
    private interface Changed {
        @Nullable
        String what();
    }

    private void tried(
            Case one,
            Standstill waiting,
            Tokens.@Nullable Attempt attempt,
            @Nullable Throwable fault,
            Changed changed) {
        TokenProof proof = attempt == null ? null : attempt.proof();
        if (!gate.stands(waiting)) {
            giveBack(proof, "the batch was withdrawn");
        } else if (attempt == null) {
            if (gate.leave(waiting)) {
                context.tokens().refused("fault", Duration.ZERO);
                doubtful(
                        one,
                        fault instanceof StoreUnavailable
                                ? "The control database cannot be used."
                                : "Too much is being asked at once.");
                gate.goOn();
            }
        } else if (proof == null) {
            notGood(one, waiting, (TokenVerdict.Refused) attempt.verdict());
        } else if (!recorded(one, proof)) {
            giveBack(proof, "it could not be recorded");
            end(one, waiting, Denial.unrecorded());
        } else {
            // What was approved runs once that is on record.
            context.services().audit().onRecord(() -> context.loop().execute(() -> nets(one, waiting, proof, changed)));
        }
    }

    /** A token's use is an approval too. */
    private void nets(Case one, Standstill waiting, TokenProof proof, Changed changed) {
        if (!gate.stands(waiting)) {
            run(one, waiting, proof, changed);
            return;
        }
        NetRun.cast(
                context, one.ruling(), 0, HoldCode.parse(proof.taken().request()), NetRun.once(), (made, missing) -> {
                    if (made == null) {
                        giveBack(proof, "a safety net was missing");
                        end(one, waiting, NetTexts.missing(one.ruling(), missing));
                    } else {
                        if (gate.stands(waiting)) {
                            made.forEach(net -> context.notice(NetTexts.made(net)));
                        }
                        run(one, waiting, proof, changed);
                    }
                });
    }

    private void run(Case one, Standstill waiting, TokenProof proof, Changed changed) {
        if (!gate.leave(waiting)) {
            giveBack(proof, "the batch was withdrawn");
            return;
        }
        String what =
                context.services().clock().instant().isBefore(proof.taken().expiresAt()) ? changed.what() : "its time";
        if (approach.terminated() || what != null) {
            giveBack(proof, what == null ? "the client is gone" : what + " changed");
            doubtful(one, what == null ? "The client is gone." : "Meanwhile " + what + " changed.");
        } else {
            forward(one, proof);
        }
        gate.goOn();
    }

    private void forward(Case one, TokenProof proof) {
        Permit permit;
        try {
            permit = context.services().gatekeeper().byToken(one.batch(), one.reading(), one.ruling(), proof);
        } catch (RuntimeException fault) {
            log.error("what a token covers is not what was judged; the batch is refused", fault);
            giveBack(proof, "the batch changed");
            refuse(one, Denial.fault(fault));
            return;
        }
        TokenVerdict.Taken taken = proof.taken();
        if (taken.left() == 0) {
            context.tokens().usedUp(one.hash());
        }
        context.services().metrics().token("used");
        context.notice(TokenTexts.used(taken));
        String code = taken.request();
        RunOutcome run =
                new RunOutcome(outcome -> context.records().finished(code, outcome.commandTags(), outcome.sqlState()));
        Long rows = taken.rows();
        Keep keep = Keep.of(one.ruling(), HoldCode.parse(code), NetRun.once(), rows);
        if (rows == null || keep != null) {
            run.keeping(keep);
            context.run(one.batch(), one.reading(), permit, run);
        } else {
            counted.begin(
                    one.batch(), one.reading(), permit, run, new RowLimit(rows), told -> exceeded(one, taken, told));
        }
    }

    private Denial exceeded(Case one, TokenVerdict.Taken taken, String told) {
        context.services().metrics().token("rows_exceeded");
        context.records().tokenRowsExceeded(taken.request(), told, Objects.requireNonNull(taken.rows()));
        return TokenTexts.tooManyRows(taken, one.ruling().verdict().rule(), told);
    }

    private boolean recorded(Case one, TokenProof proof) {
        TokenVerdict.Taken taken = proof.taken();
        return context.records().tokenUsed(one.ruling(), taken.request(), taken.grantedBy(), taken.left());
    }

    /** A guess is told late, and nothing; who has the secret of a token that was granted is told what is wrong with it. */
    private void notGood(Case one, Standstill waiting, TokenVerdict.Refused refused) {
        Duration delay = Duration.ZERO;
        if (refused.reason() == TokenVerdict.Reason.UNKNOWN) {
            guesses++;
            context.services()
                    .tokens()
                    .guesses()
                    .failed(Networks.of(context.info().client()));
            delay = context.services().logins().throttle().failed(context.info().client());
        }
        context.tokens().refused(refused.reason().label(), delay);
        Denial denial = TokenTexts.refused(one.ruling(), refused);
        if (delay.isZero()) {
            end(one, waiting, denial);
        } else {
            SessionLoop.Timer unused = context.loop().schedule(delay, () -> end(one, waiting, denial));
        }
    }

    private void end(Case one, Standstill waiting, Denial denial) {
        if (gate.leave(waiting)) {
            refuse(one, denial);
            gate.goOn();
        }
    }

    private void doubtful(Case one, String why) {
        refuse(one, TokenTexts.doubtful(one.ruling(), why));
    }

    private void refuse(Case one, Denial denial) {
        gate.deny(
                one.batch(),
                one.reading(),
                context.services().gatekeeper().refuse(one.batch(), one.ruling().index(), denial));
    }

    /** Nothing reached the server. Where that cannot be stored the token stays used: the safe side. */
    private void giveBack(@Nullable TokenProof proof, String why) {
        if (proof == null) {
            return;
        }
        context.services().metrics().token("given_back");
        context.records().tokenGivenBack(proof.taken().request(), why);
        ControlCall.ask(
                context,
                () -> {
                    context.services().tokens().tokens().giveBack(proof.use());
                    return true;
                },
                (done, fault) -> {
                    if (fault != null) {
                        log.warn("a use of a token could not be taken back: {}", Objects.toString(fault.getMessage()));
                    }
                });
    }
}
