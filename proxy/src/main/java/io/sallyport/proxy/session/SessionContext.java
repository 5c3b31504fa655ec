package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.rule.Subject;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.PreparedStatements;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.token.screen.StartupToken;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the parts of one connected session share; used on its loop only. */
final class SessionContext {
    private final SessionServices services;
    private final SessionLoop loop;
    private final SessionInfo info;
    private final ClientLink client;
    private final UpstreamLink upstream;
    private final SessionSettings settings;
    private final PreparedStatements prepared;
    private final ReplyTracker tracker;
    private final Spending spending;
    private final TransactionLog transactionLog = new TransactionLog();
    private final NameState names = new NameState();
    private final Judged judged;
    private final Greeting greeting;
    private final ClaimedUser claimedUser;
    private final RoleDesk roles = new RoleDesk(this);
    private final SurroundingsDesk surroundings = new SurroundingsDesk(this);
    private final EstimateDesk estimates = new EstimateDesk(this);
    private final boolean replication;
    private final EffectsDesk effects = new EffectsDesk(this);
    private final KeepingDesk keeping = new KeepingDesk(this);
    private final KeptAnswers answers;
    private final TokenDesk tokens = new TokenDesk(this);
    private final ConfirmDesk confirmations = new ConfirmDesk(this);
    private final VoteDesk votes;
    private final ConsoleDesk console = new ConsoleDesk(this);
    private final BatchRecords records;
    private final Forwarder forwarder;
    private final OwnMessages own;
    private final Runnable closeBoth;
    private final Consumer<ErrorResponse> fail;

    private final @Nullable String certificate;
    private @Nullable Subject subject;

    SessionContext(
            SessionServices services,
            SessionLoop loop,
            SessionInfo info,
            ClientLink client,
            UpstreamLink upstream,
            StartupToken start,
            BooleanSupplier betweenMessages,
            Runnable closeBoth,
            Consumer<ErrorResponse> fail) {
        this.services = services;
        this.loop = loop;
        this.info = info;
        this.client = client;
        this.answers = new KeptAnswers(client);
        this.upstream = upstream;
        this.certificate = client.security().clientSubject();
        this.votes = new VoteDesk(this, certificate);
        String application = start.request().parameters().getOrDefault("application_name", "");
        this.settings = new SessionSettings(application, info.serverSuffix(services.config()));
        this.claimedUser = new ClaimedUser(start.request().parameters());
        this.tokens.begin(start);
        this.prepared = new PreparedStatements(services.config().limits().preparedStatements());
        this.tracker = new ReplyTracker(prepared);
        this.spending = new Spending(this);
        this.replication = start.request().replication();
        this.judged = new Judged(replication);
        this.own = new OwnMessages(client, betweenMessages);
        this.closeBoth = closeBoth;
        this.fail = fail;
        this.records = new BatchRecords(services, info, settings);
        this.greeting = new Greeting(this, !start.request().replication());
        this.forwarder = new Forwarder(
                upstream, tracker, prepared, settings, judged, services.gatekeeper(), services.console(), console);
    }

    SessionServices services() {
        return services;
    }

    SessionLoop loop() {
        return loop;
    }

    SessionInfo info() {
        return info;
    }

    ClientLink client() {
        return client;
    }

    UpstreamLink upstream() {
        return upstream;
    }

    SessionSettings settings() {
        return settings;
    }

    PreparedStatements prepared() {
        return prepared;
    }

    ReplyTracker tracker() {
        return tracker;
    }

    /** What was done to rows, for budgets. */
    Spending spending() {
        return spending;
    }

    TransactionLog transactionLog() {
        return transactionLog;
    }

    NameState names() {
        return names;
    }

    /** What the client is told before it is let in. */
    Greeting greeting() {
        return greeting;
    }

    /** What the server's command tags are compared with. */
    Judged judged() {
        return judged;
    }

    /** Whom the client says it runs as. */
    ClaimedUser claimedUser() {
        return claimedUser;
    }

    RoleDesk roles() {
        return roles;
    }

    SurroundingsDesk surroundings() {
        return surroundings;
    }

    EstimateDesk estimates() {
        return estimates;
    }

    /** Whether the server's grammar is that of replication. */
    boolean replication() {
        return replication;
    }

    /** What transactions did. */
    EffectsDesk effects() {
        return effects;
    }

    /** Rows that are kept before they go. */
    KeepingDesk keeping() {
        return keeping;
    }

    /** The server's answers, on their way to the client. */
    KeptAnswers answers() {
        return answers;
    }

    /** Tokens that the client presents. */
    TokenDesk tokens() {
        return tokens;
    }

    ConfirmDesk confirmations() {
        return confirmations;
    }

    VoteDesk votes() {
        return votes;
    }

    ConsoleDesk console() {
        return console;
    }

    /** Subject of the client's verified certificate. */
    @Nullable
    String certificate() {
        return certificate;
    }

    /** What is written down for metrics and audit. */
    BatchRecords records() {
        return records;
    }

    Forwarder forwarder() {
        return forwarder;
    }

    Subject subject() {
        Subject now = subject;
        Set<String> member = roles.known(idle());
        if (now == null || !now.application().equals(settings.application()) || !Objects.equals(now.roles(), member)) {
            now = new Subject(
                    info.user(), info.database(), settings.application(), info.address(), certificate, member);
            subject = now;
        }
        return now;
    }

    /** Whether the server's last word was ReadyForQuery outside of a transaction: a question of our own disturbs nobody. */
    boolean idle() {
        return tracker.atBoundary() && settings.transaction() == TransactionStatus.IDLE;
    }

    /** A client that does not read needs none: it would be told for days, and all of it kept here. */
    void remind(NoticeResponse notice) {
        if (reads()) {
            notice(notice);
        }
    }

    /** Whether the client takes what it is sent. */
    boolean reads() {
        return !client.full() && !own.isBehind();
    }

    void notice(NoticeResponse notice) {
        own.send(ErrorTexts.in(settings, notice).write(client.allocator().buffer(256)));
    }

    /** Notices, and what else of ours goes to the client between the server's messages. */
    OwnMessages own() {
        return own;
    }

    void flush() {
        upstream.flush();
        client.flush();
    }

    /** Ends the session with an error of our own. */
    void fail(ErrorResponse error) {
        fail.accept(error);
    }

    void closeBoth() {
        closeBoth.run();
    }

    /** Has what was permitted run; what it does is looked at before it is committed, where the policy says so. */
    void run(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome outcome) {
        Keep keep = outcome == null ? null : outcome.keep();
        if (outcome != null && keep != null) {
            keeping.run(batch, reading, permit, outcome, keep);
        } else {
            effects.run(batch, reading, permit, outcome);
        }
    }

    /** Sends what was permitted, and remembers what that may change. */
    void forward(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome outcome) {
        noteRun(batch, reading);
        forwarder.forward(batch, reading, permit, outcome);
    }

    /** Remembers what the transaction will have locked, and whether names may mean something else now. */
    void noteRun(Batch batch, BatchReading reading) {
        spending.sent(batch, reading);
        names.ran(reading);
        for (Judgeable point : reading.points()) {
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    transactionLog.ran(statement);
                    claimedUser.ran(statement);
                }
            }
        }
    }
}
