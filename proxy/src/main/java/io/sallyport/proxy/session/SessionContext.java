package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.rule.Subject;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.PreparedStatements;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.gate.Ruling;
import java.util.List;
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
    private final TransactionLog transactionLog = new TransactionLog();
    private final Forwarder forwarder;
    private final OwnMessages own;
    private final Runnable closeBoth;
    private final Consumer<ErrorResponse> fail;

    private @Nullable Subject subject;

    SessionContext(
            SessionServices services,
            SessionLoop loop,
            SessionInfo info,
            ClientLink client,
            UpstreamLink upstream,
            String application,
            BooleanSupplier betweenMessages,
            Runnable closeBoth,
            Consumer<ErrorResponse> fail) {
        this.services = services;
        this.loop = loop;
        this.info = info;
        this.client = client;
        this.upstream = upstream;
        this.settings = new SessionSettings(application);
        this.prepared = new PreparedStatements(services.config().limits().preparedStatements());
        this.tracker = new ReplyTracker(prepared);
        this.own = new OwnMessages(client, betweenMessages);
        this.closeBoth = closeBoth;
        this.fail = fail;
        this.forwarder = new Forwarder(
                upstream,
                tracker,
                prepared,
                settings,
                services.gatekeeper(),
                services.console(),
                new Voter(info.user(), info.code()));
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

    TransactionLog transactionLog() {
        return transactionLog;
    }

    Forwarder forwarder() {
        return forwarder;
    }

    Subject subject() {
        Subject known = subject;
        if (known == null || !known.application().equals(settings.application())) {
            known = new Subject(info.user(), info.database(), settings.application(), info.client());
            subject = known;
        }
        return known;
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

    /**
     * The batch is to go to the server: counted, timed, and written down where every statement is.
     *
     * @return false where something destructive had to be written down and could not be
     */
    boolean allowed(Batch batch, BatchReading reading) {
        services.metrics().judged(System.nanoTime() - batch.receivedNanos());
        boolean recorded = !services.config().audit().everyStatement()
                || reading.points().isEmpty()
                || record(decided("allow", "", null, kinds(reading), texts(reading), true))
                || statements(reading).stream().noneMatch(StatementFacts::destructive);
        if (recorded) {
            noteRun(reading);
        }
        return recorded;
    }

    void denied(BatchReading reading, Ruling.Deny deny) {
        record(decided("deny", deny.denial().rule(), null, kinds(reading), texts(reading), true));
    }

    /** Remembers what the transaction will have locked. */
    void noteRun(BatchReading reading) {
        for (Judgeable point : reading.points()) {
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    transactionLog.ran(statement);
                }
            }
        }
    }

    /** @return whether the event was taken; what must be recorded and cannot be is refused */
    boolean record(AuditEvent event) {
        boolean taken = services.audit().append(event);
        if (!taken) {
            services.metrics().auditFailed();
        }
        return taken;
    }

    AuditEvent decided(
            String decision, String rule, @Nullable String hold, List<String> kinds, String text, boolean readable) {
        return new AuditEvent.Decided(
                services.clock().instant(),
                info.code(),
                info.user(),
                info.database(),
                settings.application(),
                info.client(),
                decision,
                rule,
                hold,
                kinds,
                text,
                readable);
    }

    private static List<String> kinds(BatchReading reading) {
        return statements(reading).stream()
                .map(statement -> statement.kind().label())
                .distinct()
                .toList();
    }

    private static List<StatementFacts> statements(BatchReading reading) {
        return reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .flatMap(text -> text.statements().stream())
                .toList();
    }

    private static String texts(BatchReading reading) {
        return String.join(
                ";\n",
                reading.points().stream()
                        .flatMap(point -> point.texts().stream())
                        .distinct()
                        .map(SqlText::display)
                        .toList());
    }
}
