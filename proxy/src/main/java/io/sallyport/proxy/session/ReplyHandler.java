package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.CancelKey;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.backend.BackendTag;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.Replies;
import io.sallyport.protocol.backend.ReplyListener;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.proxy.batch.PreparedStatements;
import io.sallyport.proxy.console.ConsoleResult;
import io.sallyport.proxy.gate.Denial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches what the server answers: keeps the queue of replies, the settings and the prepared statements true, puts our
 * error where the server's stands in a refused slot, and our rows where a SALLYPORT statement was asked.
 */
final class ReplyHandler implements ReplyListener {
    /** What the session does on a reply; called while bytes are being relayed, so it only notes. */
    interface Events {
        /** @param body behind the tag and length */
        Fate authentication(WireReader body);

        /** Writes what goes to the client in place of an authentication request. */
        void replaceAuthentication(ByteBuf out);

        void keyed(CancelKey key);

        /** @return whether the client is to hear of it */
        boolean ready(TransactionStatus status);

        /** @param body as the server sent it */
        Fate fatal(ErrorResponse error, byte[] body);
    }

    private final KeptAnswers client;
    private final ReplyTracker tracker;
    private final PreparedStatements prepared;
    private final SessionSettings settings;
    private final SelfCheck selfCheck;
    private final Spending spending;
    private final Events events;

    private @Nullable Denial denial;
    private @Nullable ConsoleResult rows;
    /** A command tag that the client hears of once it is sure. */
    private @Nullable String kept;

    ReplyHandler(
            KeptAnswers client,
            ReplyTracker tracker,
            PreparedStatements prepared,
            SessionSettings settings,
            SelfCheck selfCheck,
            Spending spending,
            Events events) {
        this.client = client;
        this.tracker = tracker;
        this.prepared = prepared;
        this.settings = settings;
        this.selfCheck = selfCheck;
        this.spending = spending;
        this.events = events;
    }

    @Override
    public Interest interest(byte tag) {
        return switch (tag) {
            case BackendTag.DATA_ROW -> question() == null ? Interest.NONE : Interest.BODY;
            case BackendTag.NOTICE_RESPONSE -> question() == null ? Interest.NONE : Interest.TAG;
            case BackendTag.READY_FOR_QUERY,
                    BackendTag.ERROR_RESPONSE,
                    BackendTag.PARAMETER_STATUS,
                    BackendTag.BACKEND_KEY_DATA,
                    BackendTag.AUTHENTICATION -> Interest.BODY;
            case BackendTag.COMMAND_COMPLETE -> {
                Slot head = tracker.head();
                yield head != null && (head.judged != null || head.readsCommandTag() || client.active())
                        ? Interest.BODY
                        : Interest.TAG;
            }
            case BackendTag.PARSE_COMPLETE,
                    BackendTag.BIND_COMPLETE,
                    BackendTag.CLOSE_COMPLETE,
                    BackendTag.ROW_DESCRIPTION,
                    BackendTag.NO_DATA,
                    BackendTag.EMPTY_QUERY_RESPONSE,
                    BackendTag.PORTAL_SUSPENDED,
                    BackendTag.COPY_IN_RESPONSE -> Interest.TAG;
            default -> Interest.NONE;
        };
    }

    /** A question of our own that the server is answering. */
    private @Nullable OwnAnswer question() {
        Slot head = tracker.head();
        return head == null ? null : head.question;
    }

    @Override
    public Fate observed(byte tag, @Nullable WireReader body) {
        Slot head = tracker.head();
        boolean unheard = Unheard.is(head, tag);
        Fate fate = reply(tag, body);
        return unheard && fate == Fate.RELAY ? Fate.DROP : fate;
    }

    private Fate reply(byte tag, @Nullable WireReader body) {
        switch (tag) {
            case BackendTag.DATA_ROW -> {
                OwnAnswer question = question();
                if (question != null) {
                    question.row(body);
                }
            }
            case BackendTag.READY_FOR_QUERY -> {
                return ready(body);
            }
            case BackendTag.ERROR_RESPONSE -> {
                return error(body);
            }
            case BackendTag.COMMAND_COMPLETE -> {
                return commandComplete(body);
            }
            case BackendTag.PARSE_COMPLETE -> {
                Slot head = tracker.head();
                if (head != null && head.kind == Slot.Kind.PARSE) {
                    head.confirmProposal(prepared);
                }
                tracker.completed(Slot.Kind.PARSE, tag);
            }
            case BackendTag.BIND_COMPLETE -> {
                Slot head = tracker.head();
                if (head != null && head.kind == Slot.Kind.BIND) {
                    // Its Execute comes in a later batch: what it prepares counts from now on.
                    head.confirmPossible(prepared);
                }
                tracker.completed(Slot.Kind.BIND, tag);
            }
            case BackendTag.CLOSE_COMPLETE -> {
                Slot head = tracker.head();
                if (head != null && head.kind == Slot.Kind.CLOSE) {
                    head.confirmForgotten(prepared);
                }
                tracker.completed(Slot.Kind.CLOSE, tag);
            }
            case BackendTag.ROW_DESCRIPTION, BackendTag.NO_DATA -> endUnlessQuery(Slot.Kind.DESCRIBE, tag);
            case BackendTag.EMPTY_QUERY_RESPONSE, BackendTag.PORTAL_SUSPENDED -> {
                Slot head = tracker.head();
                if (head != null) {
                    spending.untold(head);
                }
                if (head != null && head.limit != null) {
                    head.limit.untold();
                }
                endUnlessQuery(Slot.Kind.EXECUTE, tag);
            }
            case BackendTag.COPY_IN_RESPONSE -> tracker.copyInStarted();
            case BackendTag.PARAMETER_STATUS -> {
                if (body != null) {
                    settings.parameter(body.cstring(), body.cstring());
                }
            }
            case BackendTag.BACKEND_KEY_DATA -> {
                if (body != null) {
                    events.keyed(new CancelKey(body.int32(), body.bytes(body.remaining())));
                }
            }
            case BackendTag.AUTHENTICATION -> {
                // One that is too long to be read is none that a client could answer.
                return body == null ? Fate.DROP : events.authentication(body);
            }
            default -> {}
        }
        return Fate.RELAY;
    }

    /** Within a simple Query the same messages come for each of its statements, and end nothing. */
    private void endUnlessQuery(Slot.Kind kind, byte tag) {
        Slot head = tracker.head();
        if (head == null || head.kind != Slot.Kind.QUERY) {
            tracker.completed(kind, tag);
        }
    }

    private Fate ready(@Nullable WireReader body) {
        TransactionStatus status = TransactionStatus.of(body == null ? 0 : body.int8());
        Slot slot = tracker.ready();
        if (slot != null && slot.kind == Slot.Kind.QUERY) {
            // Any simple Query destroys the unnamed statement (postgres.c, exec_simple_query).
            prepared.forget("");
        }
        settings.transaction(status);
        if (tracker.atBoundary()) {
            settings.settled();
        }
        if (slot != null && slot.question != null) {
            slot.question.ended();
        }
        boolean heard = events.ready(status);
        if (slot != null && slot.ready != null) {
            slot.ready.came(status);
            return Fate.DROP;
        }
        return heard && (slot == null || !slot.own) ? Fate.RELAY : Fate.DROP;
    }

    private Fate error(@Nullable WireReader body) {
        byte[] whole = body == null ? new byte[0] : body.bytes(body.remaining());
        ErrorResponse error = ErrorResponse.read(whole);
        Slot head = tracker.head();
        if (head != null && head.outcome != null) {
            head.outcome.failed(error);
        }
        spending.failed();
        Slot slot = tracker.failed();
        if (error.isFatal()) {
            return events.fatal(error, whole);
        }
        if (slot != null && slot.question != null) {
            slot.question.failed(error, whole);
            return Fate.DROP;
        }
        if (slot == null || slot.denial == null) {
            return Fate.RELAY;
        }
        denial = slot.denial;
        return Fate.REPLACE;
    }

    private Fate commandComplete(@Nullable WireReader body) {
        Slot head = tracker.head();
        if (head != null && head.judged != null) {
            spending.completed(head, selfCheck.completed(head, body));
        }
        ConsoleResult answer = null;
        boolean told = true;
        if (head != null && (head.readsCommandTag() || client.active())) {
            String commandTag = body == null ? "" : Replies.commandTag(body);
            kept = client.active() && head.question == null && head.rows == null ? commandTag : null;
            answer = head.rows;
            if (head.outcome != null) {
                head.outcome.completed(commandTag);
            }
            told = head.limit == null || head.limit.admits(commandTag);
            switch (commandTag) {
                case "PREPARE" -> head.confirmPossible(prepared);
                case "DEALLOCATE" -> head.confirmForgotten(prepared);
                case "DEALLOCATE ALL", "DISCARD ALL" -> prepared.forget(null);
                default -> {}
            }
        }
        endUnlessQuery(Slot.Kind.EXECUTE, BackendTag.COMMAND_COMPLETE);
        rows = answer;
        if (!told) {
            return Fate.DROP;
        }
        return answer == null && kept == null ? Fate.RELAY : Fate.REPLACE;
    }

    @Override
    public void replace(byte tag) {
        String completed = kept;
        if (completed != null) {
            kept = null;
            client.completed(completed);
            return;
        }
        ByteBuf out = client.allocator().buffer(256);
        if (tag == BackendTag.AUTHENTICATION) {
            events.replaceAuthentication(out);
        } else if (tag == BackendTag.ERROR_RESPONSE && denial != null) {
            ErrorResponse error = denial.toErrorResponse();
            ErrorTexts.in(settings, error).write(out);
            denial = null;
        } else if (rows != null) {
            List<List<@Nullable String>> lines = rows.rows();
            for (List<@Nullable String> line : lines) {
                Replies.dataRow(
                        out,
                        line.stream()
                                .<@Nullable String>map(value -> value == null ? null : settings.forClient(value))
                                .toList());
            }
            Replies.commandComplete(out, "SELECT " + lines.size());
            rows = null;
        }
        client.send(out);
    }

    @Override
    public void relay(ByteBuf run) {
        client.send(run);
    }
}
