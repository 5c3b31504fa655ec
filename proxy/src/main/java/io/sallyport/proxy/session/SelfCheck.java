package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.Replies;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.proxy.audit.SelfCheckEvent;
import io.sallyport.proxy.batch.SqlText;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sallyport's watch over itself: a server that says it ran something else than what was judged ends the session, loudly. */
final class SelfCheck {
    private static final Logger log = LoggerFactory.getLogger(SelfCheck.class);
    private static final int MOST_KINDS = 20;
    private static final int LONGEST_TAG = 100;

    private final SessionContext context;

    SelfCheck(SessionContext context) {
        this.context = context;
    }

    /** Ends the session by its error, before anything of the reply that was read is passed on. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ErrorResponse error;

        private Failed(ErrorResponse error) {
            super(error.message());
            this.error = error;
        }

        ErrorResponse error() {
            return error;
        }
    }

    /**
     * @param body of the CommandComplete that answers the slot; null where it is longer than any server's
     * @return the body, still to be read
     * @throws Failed where it does not fit what was judged
     */
    WireReader completed(Slot slot, @Nullable WireReader body) {
        if (body == null || !TagCheck.fits(slot, body)) {
            throw failed(Objects.requireNonNull(slot.judged), body);
        }
        return body;
    }

    private Failed failed(List<SqlText> judged, @Nullable WireReader body) {
        String tag = body == null ? "" : printable(Replies.commandTag(body));
        List<String> kinds = judged.stream()
                .flatMap(text -> text.statements().stream())
                .map((StatementFacts statement) -> statement.kind().label())
                .limit(MOST_KINDS)
                .toList();
        context.services().metrics().selfCheckFailed();
        log.atError()
                .addKeyValue("alarm", "self_check")
                .log("the server ran something else than what was judged: {} was judged, and \"{}\" ran", kinds, tag);
        SessionInfo info = context.info();
        context.records()
                .append(new SelfCheckEvent(
                        context.services().clock().instant(),
                        info.code(),
                        info.user(),
                        info.database(),
                        info.client(),
                        kinds,
                        tag,
                        judged.stream().map(SqlText::display).distinct().collect(Collectors.joining(";\n"))));
        return new Failed(ErrorResponse.fatal(
                        SqlState.INTERNAL_ERROR,
                        "Sallyport: the server ran something else than what was judged; the session is ended")
                .withDetail("Judged: " + String.join(", ", kinds) + ". The server says: " + tag)
                .withHint(
                        "What was not committed is rolled back. Tell whoever runs Sallyport: the audit has the text."));
    }

    private static String printable(String tag) {
        String whole = tag.replaceAll("[^\\x20-\\x7e]", "?");
        return whole.length() <= LONGEST_TAG ? whole : whole.substring(0, LONGEST_TAG);
    }
}
