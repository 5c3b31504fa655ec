package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.rule.Impact;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.PreparedStatements;
import io.sallyport.proxy.batch.PreparedStatements.Proposal;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.console.ConsoleResult;
import io.sallyport.proxy.gate.Denial;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reply that one forwarded message will get, and what hangs on it. */
final class Slot {
    enum Kind {
        QUERY,
        PARSE,
        BIND,
        DESCRIBE,
        EXECUTE,
        CLOSE,
        SYNC,
        FUNCTION_CALL,
        /** Not a reply: CopyDone or CopyFail went out here. Syncs before it, after a COPY began, are ignored. */
        COPY_END;

        /** What a message of a batch is answered by. */
        static Kind of(FrontendTag tag) {
            return switch (tag) {
                case QUERY -> QUERY;
                case PARSE -> PARSE;
                case BIND -> BIND;
                case DESCRIBE -> DESCRIBE;
                case EXECUTE -> EXECUTE;
                case CLOSE -> CLOSE;
                case FUNCTION_CALL -> FUNCTION_CALL;
                case SYNC, FLUSH -> SYNC;
                case TERMINATE, PASSWORD, COPY_DATA, COPY_DONE, COPY_FAIL ->
                    throw new IllegalStateException(tag + " is not part of a batch");
            };
        }

        /** Whether an error in its reply makes the server skip to the next Sync. */
        boolean skipsOnError() {
            return switch (this) {
                case PARSE, BIND, DESCRIBE, EXECUTE, CLOSE -> true;
                case QUERY, SYNC, FUNCTION_CALL, COPY_END -> false;
            };
        }
    }

    final Kind kind;

    /** Replaces the server's error. */
    @Nullable
    Denial denial;

    /** Rows to put in front of CommandComplete. */
    @Nullable
    ConsoleResult rows;

    /** Where the tags and errors of an approved batch are noted. */
    @Nullable
    RunOutcome outcome;

    /** How many rows it may change; what exceeds it, the client does not hear of. */
    @Nullable
    RowLimit limit;

    /** The texts that may run there, as they were judged; null where nothing is expected of the command tag. See {@link TagCheck}. */
    @Nullable
    List<SqlText> judged;

    /** What the server expected those to do to rows; null where nobody asked. */
    @Nullable
    IdentityHashMap<StatementFacts, Impact> estimated;

    /** Whether it executes a portal of an earlier batch by a name, which a cursor of SQL may have taken meanwhile. */
    boolean resumes;

    /** How many of its statements the server has answered. */
    int answered;

    /** Whether nobody can tell which of its statements is answered next. */
    boolean unclear;

    /** Whether it stands for part of a simple Query, to which the server would not have answered so. */
    boolean silent;

    /** Whether the message was ours, so that the client must not see the reply. */
    boolean own;

    /** Who hears of its ReadyForQuery instead of the client. */
    @Nullable
    HiddenReady ready;

    /** Where the answer to a question of our own goes, instead of to the client. */
    @Nullable
    OwnAnswer question;

    private @Nullable Deque<Proposal> proposals;
    private @Nullable Deque<String> forgotten;
    private boolean forgetsAll;

    Slot(Kind kind) {
        this.kind = kind;
    }

    void proposes(Proposal proposal) {
        if (proposals == null) {
            proposals = new ArrayDeque<>(1);
        }
        proposals.add(proposal);
    }

    /** @param name null where all names may be forgotten, as the command tag will tell */
    void forgets(@Nullable String name) {
        if (name == null) {
            forgetsAll = true;
            return;
        }
        if (forgotten == null) {
            forgotten = new ArrayDeque<>(1);
        }
        forgotten.add(name);
    }

    /** Whether the text of its CommandComplete matters. */
    boolean readsCommandTag() {
        return rows != null || outcome != null || proposals != null || forgotten != null || forgetsAll;
    }

    void confirmProposal(PreparedStatements prepared) {
        Proposal proposal = proposals == null ? null : proposals.poll();
        if (proposal != null) {
            prepared.confirm(proposal);
        }
    }

    /** Whatever of it was prepared, all of it may have been. */
    void confirmPossible(PreparedStatements prepared) {
        if (proposals != null) {
            proposals.forEach(prepared::confirmPossible);
            proposals.clear();
        }
    }

    void confirmForgotten(PreparedStatements prepared) {
        String name = forgotten == null ? null : forgotten.poll();
        if (name != null) {
            prepared.forget(name);
        }
    }

    /** The server ignores its message. */
    void swallowed(PreparedStatements prepared) {
        end(prepared);
        if (ready != null) {
            ready.swallowed();
        }
    }

    /** Its reply has come whole, or will not come: what was not confirmed is given up. */
    void end(PreparedStatements prepared) {
        if (proposals != null) {
            proposals.forEach(prepared::abandon);
        }
        if (outcome != null) {
            outcome.replied();
        }
    }
}
