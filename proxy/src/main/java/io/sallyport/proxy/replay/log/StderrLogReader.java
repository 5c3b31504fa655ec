package io.sallyport.proxy.replay.log;

import java.io.IOException;
import java.time.Instant;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server writes to stderr: one prefixed line for each part of a message, and every further line of a part behind a tab (elog.c,
 * append_with_tabs). The server writes the parts of one message without a break.
 */
final class StderrLogReader implements LogReader {
    private final LineReader lines;
    private final LinePrefix prefix;
    private final LogTime time;
    private final UnreadableLines unreadable;
    private final Matcher matcher;
    private @Nullable StderrMessage begun;

    StderrLogReader(LineReader lines, LinePrefix prefix, LogTime time, UnreadableLines unreadable) {
        this.lines = lines;
        this.prefix = prefix;
        this.time = time;
        this.unreadable = unreadable;
        this.matcher = prefix.matcher();
    }

    @Override
    public @Nullable LogRecord next() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            StderrMessage current = begun;
            if (line.startsWith("\t") && current != null) {
                current.appendContinuation(line, lines.isCut());
            } else if (!matcher.reset(line).lookingAt()) {
                if (!line.isBlank()) {
                    unreadable.add(lines.place(), "neither begins with log_line_prefix and a level nor with a tab");
                }
            } else if (current != null && current.begins(LinePrefix.level(matcher))) {
                current.append(line, matcher.end(), lines.isCut());
            } else {
                begun = message(line);
                if (current != null) {
                    return current.record();
                }
            }
        }
        StderrMessage last = begun;
        begun = null;
        return last == null ? null : last.record();
    }

    private StderrMessage message(String line) {
        StderrMessage message =
                new StderrMessage(lines.place(), time(), origin(), LogRecord.Severity.of(LinePrefix.level(matcher)));
        message.append(line, matcher.end(), lines.isCut());
        return message;
    }

    private Origin origin() {
        String session = value(PrefixField.SESSION);
        String host = value(PrefixField.HOST);
        return new Origin(
                session.isEmpty() ? value(PrefixField.PROCESS) : session,
                value(PrefixField.USER),
                value(PrefixField.DATABASE),
                value(PrefixField.APPLICATION),
                host.isEmpty() ? withoutPort(value(PrefixField.REMOTE)) : host);
    }

    private @Nullable Instant time() {
        String epoch = value(PrefixField.EPOCH);
        if (!epoch.isEmpty()) {
            return Instant.ofEpochMilli(Long.parseLong(epoch.replace(".", "")));
        }
        String millis = value(PrefixField.TIME_MILLIS);
        return time.parse(millis.isEmpty() ? value(PrefixField.TIME) : millis);
    }

    private String value(PrefixField field) {
        return prefix.value(matcher, field);
    }

    private static String withoutPort(String remote) {
        int port = remote.lastIndexOf('(');
        return port < 0 ? remote : remote.substring(0, port);
    }
}
