package io.sallyport.proxy.session;

import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.BatchReading.ConsoleCall;
import io.sallyport.proxy.console.Caller;
import io.sallyport.proxy.console.ConsoleError;
import io.sallyport.proxy.console.ReasonPort;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The session as a voter: who it is, as far as its server says so at the moment of the vote; and the reason it gave as a requester. */
final class VoteDesk implements ReasonPort {
    private final SessionContext context;
    private final @Nullable String certificate;
    private @Nullable Set<String> memberOf;
    private String reason = "";

    VoteDesk(SessionContext context, @Nullable String certificate) {
        this.context = context;
        this.certificate = certificate;
    }

    /** Whether a vote in the batch hangs on what the voter is a member of: what was known before does not count. */
    boolean mustAsk(BatchReading reading) {
        for (ConsoleCall call : reading.console()) {
            // With a name it is only prepared.
            if (call.name() == null && asksRoles(call.text().display())) {
                return true;
            }
        }
        return false;
    }

    private boolean asksRoles(String text) {
        try {
            return context.services()
                    .console()
                    .asksRoles(
                            context.services().console().parse(text),
                            context.info().user());
        } catch (ConsoleError toBeTold) {
            return false;
        }
    }

    /** The server has answered, or could not: good for this batch. */
    void asked(Runnable passBatch) {
        memberOf = context.roles().known(false);
        try {
            passBatch.run();
        } finally {
            memberOf = null;
        }
    }

    Caller caller() {
        Voter voter = new Voter(context.info().user(), context.info().code(), certificate, memberOf);
        return new Caller(voter, context.confirmations(), this);
    }

    @Override
    public void give(String text) {
        reason = text;
    }

    /** For the next hold; empty where none was given. */
    String reason() {
        return reason;
    }

    void reasonUsed() {
        reason = "";
    }
}
