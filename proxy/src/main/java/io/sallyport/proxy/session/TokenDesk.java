package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StartupSettings;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.audit.TokenEvent;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.token.TokenSecret;
import io.sallyport.proxy.token.screen.Screening;
import io.sallyport.proxy.token.screen.StartupToken;
import io.sallyport.proxy.token.screen.TokenScreen;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens that the session's client presents: they are blanked before a batch is read, and known here by their hash. */
final class TokenDesk {
    private static final String SETTING = "sallyport.token";
    private static final String ALL = "*";

    private final SessionContext context;
    private @Nullable String presented;
    private boolean pathSetAtStart;

    private @Nullable Batch screened;
    private @Nullable String forBatch;
    private Screening.@Nullable Problem problem;
    private boolean presentedHere;

    /** By the place of the Bind that carries them as a parameter. */
    private final Map<Integer, TokenSecret> bound = new HashMap<>();

    /** Those of them that a statement has taken; a batch may be judged more than once. */
    private final Set<Integer> taken = new HashSet<>();

    TokenDesk(SessionContext context) {
        this.context = context;
    }

    /** What the start-up packet said; while the context is being made. */
    void begin(StartupToken start) {
        present(start.secret());
        pathSetAtStart = StartupSettings.of(start.request().parameters()).stream()
                .map(SettingChange::name)
                .anyMatch(name -> name.equals("search_path") || name.equals("?"));
    }

    boolean pathSetAtStart() {
        return pathSetAtStart;
    }

    private void present(@Nullable TokenSecret secret) {
        if (secret != null) {
            presented = secret.hash();
            presentedHere = true;
            context.services().metrics().token("presented");
        }
    }

    /** Blanks every token in the batch, once, before anything reads it. */
    void screen(Batch batch) {
        if (screened == batch) {
            return;
        }
        screened = batch;
        forBatch = null;
        problem = null;
        presentedHere = false;
        bound.clear();
        taken.clear();
        for (int i = 0; i < batch.size(); i++) {
            note(i, batch, blank(batch.frame(i)));
        }
    }

    private Screening blank(Frame frame) {
        try {
            return TokenScreen.blank(frame, context.settings().lexer());
        } catch (ProtocolViolation unreadable) {
            // The reading finds the same, and the message goes nowhere.
            return Screening.NOTHING;
        }
    }

    private void note(int index, Batch batch, Screening found) {
        problem = problem == null ? found.problem() : problem;
        TokenSecret secret = found.forSession();
        if (secret != null && batch.frame(index).tag() == FrontendTag.BIND.code()) {
            bound.put(index, secret);
        } else {
            present(secret);
        }
        TokenSecret alone = found.forStatement();
        if (alone != null) {
            forBatch = alone.hash();
            context.services().metrics().token("presented");
        }
        if (found.reset()) {
            presented = null;
        }
    }

    /** @return why the batch must not run, whatever policy says; null where it may be judged */
    @Nullable
    Denial objection(Batch batch, BatchReading reading) {
        for (Judgeable point : reading.points()) {
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    if (!statement.settings().isEmpty()) {
                        settings(batch, point, statement);
                    }
                }
            }
        }
        if (!taken.containsAll(bound.keySet())) {
            problem = problem == null ? Screening.Problem.MISPLACED : problem;
        }
        return problem == null ? null : refused(problem);
    }

    private void settings(Batch batch, Judgeable point, StatementFacts statement) {
        for (SettingChange change : statement.settings()) {
            if (change.name().equals(ALL) && !presentedHere) {
                presented = null;
            } else if (change.name().equals(SETTING)
                    && change.value() == null
                    && batch.frame(point.index()).tag() == FrontendTag.BIND.code()) {
                byParameter(point.index(), change);
            }
        }
    }

    /** {@code set_config('sallyport.token', $1, false)}. */
    private void byParameter(int index, SettingChange change) {
        TokenSecret secret = bound.get(index);
        if (secret != null && change.scope() == SettingChange.Scope.SESSION) {
            if (taken.add(index)) {
                present(secret);
            }
        } else {
            problem = problem == null ? Screening.Problem.MALFORMED : problem;
        }
    }

    private Denial refused(Screening.Problem why) {
        refused(why.label(), Duration.ZERO);
        return new Denial(SqlState.INVALID_PARAMETER_VALUE, why.message(), null, why.hint(), "token");
    }

    /** Counts and writes down that a token did not do. */
    void refused(String reason, Duration delay) {
        boolean known = reason.equals("malformed") || reason.equals("misplaced");
        context.services().metrics().token(known ? reason : "refused");
        SessionInfo info = context.info();
        context.records()
                .append(new TokenEvent.Refused(
                        context.services().clock().instant(),
                        info.code(),
                        info.user(),
                        info.database(),
                        info.client(),
                        reason,
                        delay.toMillis()));
    }

    /** The hash of the token that is good for the batch that was screened last; null without one. */
    @Nullable
    String presented() {
        return forBatch == null ? presented : forBatch;
    }

    /** It covers nothing any more. */
    void usedUp(String hash) {
        presented = hash.equals(presented) ? null : presented;
        forBatch = hash.equals(forBatch) ? null : forBatch;
    }
}
