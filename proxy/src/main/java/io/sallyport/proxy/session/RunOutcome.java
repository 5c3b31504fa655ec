package io.sallyport.proxy.session;

import io.sallyport.protocol.backend.ErrorResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the server said of an approved batch; told once, when its last reply came or never will. */
final class RunOutcome {
    private static final int MOST_TAGS = 100;

    private final Consumer<RunOutcome> finished;
    private final List<String> commandTags = new ArrayList<>();
    private @Nullable String sqlState;
    private @Nullable String message;
    private @Nullable Keep keep;
    /** Replies still to come, and one until all of the batch was sent. */
    private int open = 1;

    RunOutcome(Consumer<RunOutcome> finished) {
        this.finished = finished;
    }

    /** The rows that it touches are kept. */
    RunOutcome keeping(@Nullable Keep rows) {
        keep = rows;
        return this;
    }

    /** Null where nothing is kept. */
    @Nullable
    Keep keep() {
        return keep;
    }

    /** Nothing of it was kept. */
    static void ranNot(@Nullable RunOutcome outcome, String sqlState) {
        if (outcome != null) {
            outcome.failed(sqlState);
            outcome.replied();
        }
    }

    void expectReply() {
        open++;
    }

    void replied() {
        if (--open == 0) {
            finished.accept(this);
        }
    }

    void completed(String commandTag) {
        if (commandTags.size() < MOST_TAGS) {
            commandTags.add(commandTag);
        }
    }

    void failed(String state) {
        sqlState = state;
    }

    /** With the server's words for it. */
    void failed(ErrorResponse error) {
        sqlState = error.sqlState();
        message = error.message();
    }

    /** The server's; null where it said nothing. */
    @Nullable
    String message() {
        return message;
    }

    List<String> commandTags() {
        return List.copyOf(commandTags);
    }

    @Nullable
    String sqlState() {
        return sqlState;
    }
}
