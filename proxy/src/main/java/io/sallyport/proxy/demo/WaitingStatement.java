package io.sallyport.proxy.demo;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was sent and has not answered. pgjdbc hands the notices of a running statement out through
 * {@link Statement#getWarnings}, which another thread may ask at any time; that is how a held one is heard of.
 */
final class WaitingStatement {
    private static final Pattern CODE = Pattern.compile("\\b[0-9A-Z]{4}-[0-9A-Z]{4}\\b");
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Statement statement;
    private final FutureTask<Answer> answer;
    private final Terminal terminal;
    private @Nullable SQLWarning lastShown;

    WaitingStatement(Statement statement, FutureTask<Answer> answer, Terminal terminal) {
        this.statement = statement;
        this.answer = answer;
        this.terminal = terminal;
    }

    /** The code of the hold; empty when the statement answered without one, or when nothing came in time. */
    Optional<String> awaitHold(Duration patience) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            boolean over = !answeredNothingFor(LOOK_EVERY);
            Matcher code = CODE.matcher(showNotices());
            if (code.find()) {
                return Optional.of(code.group());
            }
            if (over) {
                terminal.show(result());
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    boolean stillWaits() {
        return !answer.isDone();
    }

    /** The answer; empty when none came in time. */
    Optional<Answer> await(Duration patience) throws SQLException, InterruptedException {
        if (answeredNothingFor(patience)) {
            return Optional.empty();
        }
        showNotices();
        Answer got = result();
        terminal.show(got);
        statement.close();
        return Optional.of(got);
    }

    private boolean answeredNothingFor(Duration time) throws InterruptedException {
        try {
            answer.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    private Answer result() throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the statement's thread failed", e.getCause());
        }
    }

    /** Shows the notices that came since the last look, and returns their text. */
    private String showNotices() throws SQLException {
        StringBuilder all = new StringBuilder();
        SQLWarning next = lastShown == null ? statement.getWarnings() : lastShown.getNextWarning();
        while (next != null) {
            String text = NoticeText.of(next);
            terminal.show(text);
            all.append(text).append('\n');
            lastShown = next;
            next = next.getNextWarning();
        }
        return all.toString();
    }
}
