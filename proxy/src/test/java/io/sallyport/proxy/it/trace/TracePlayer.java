package io.sallyport.proxy.it.trace;

import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays a transcript: neighbouring F lines travel in one write, then each B line must be the next message. */
final class TracePlayer implements AutoCloseable {
    private static final Duration SETTLED = Duration.ofMillis(200);
    private static final Duration EXPECTED = Duration.ofSeconds(3);

    private final TraceFile file;
    private final WireClient client;
    private final TraceDirectives directives;
    private final List<byte[]> unsent = new ArrayList<>();
    private int singleBytesDue;
    private boolean ended;

    TracePlayer(TraceFile file, TraceStage stage) {
        this.file = file;
        file.setup().forEach(sql -> stage.server().run(stage.database(), sql));
        this.client = WireClient.connect(stage.port());
        this.directives = new TraceDirectives(stage, client);
        client.inPiecesOf(stage.pieceBytes());
        if (file.login()) {
            client.login(file.role(), stage.database(), "");
        }
    }

    /** Fails at the first line that differs. */
    void check() {
        for (TraceLine line : file.play()) {
            switch (line.kind()) {
                case SENT -> queue(line);
                case EXPECTED -> expect(line);
                case DIRECTIVE -> direct(line);
                case TEXT -> {}
            }
        }
        flush();
        expectNothingMore();
    }

    /**
     * The same walk, but noting what comes where the transcript has B lines, and at its end; lines that match what
     * they expected stay as they are.
     */
    List<String> record() {
        List<String> written = new ArrayList<>();
        List<TraceLine> expected = new ArrayList<>();
        List<TraceLine> play = file.play();
        for (TraceLine line : file.lines()) {
            if (line.kind() == TraceLine.Kind.EXPECTED) {
                expected.add(line);
                continue;
            }
            if (!expected.isEmpty()) {
                collect(expected, written);
            }
            written.add(line.written());
            if (line.kind() == TraceLine.Kind.SENT) {
                queue(line);
            } else if (play.contains(line)) {
                direct(line);
            }
        }
        collect(expected, written);
        return written;
    }

    /** Waits for as many messages as were expected, and a little for more. */
    private void collect(List<TraceLine> expected, List<String> written) {
        flush();
        for (int at = 0; ; at++) {
            String line = next(at < expected.size() ? EXPECTED : SETTLED);
            if (line == null) {
                break;
            }
            boolean asExpected = at < expected.size()
                    && new LinePattern(directives.expand(expected.get(at).text())).matches(line);
            written.add("B " + (asExpected ? expected.get(at).text() : line));
        }
        expected.clear();
    }

    private void queue(TraceLine line) {
        String text = directives.expand(line.text());
        unsent.add(FrontendLine.bytes(text));
        if (text.equals("SSLRequest") || text.equals("GSSENCRequest")) {
            singleBytesDue++;
        }
    }

    private void flush() {
        if (!unsent.isEmpty()) {
            client.send(unsent.toArray(byte[][]::new));
            unsent.clear();
        }
    }

    private void direct(TraceLine line) {
        flush();
        try {
            directives.run(line.text());
        } catch (AssertionError e) {
            throw new AssertionError(file.name() + " line " + line.number() + ": " + e.getMessage(), e);
        }
    }

    private void expect(TraceLine line) {
        flush();
        String got = next(WireClient.PATIENCE);
        if (got == null || !new LinePattern(directives.expand(line.text())).matches(got)) {
            throw new AssertionError(file.name() + " line " + line.number() + "\n  expected: B " + line.text()
                    + "\n  got:      B " + (got == null ? "nothing in time" : got));
        }
    }

    private @Nullable String next(Duration patience) {
        if (ended || directives.isReset()) {
            return null;
        }
        if (singleBytesDue > 0) {
            singleBytesDue--;
            int single = client.readByte();
            ended = single < 0;
            return ended ? "End" : "Byte " + (char) single;
        }
        ServerMessage message = client.poll(patience);
        if (message == null) {
            return null;
        }
        directives.seen(message);
        ended = message.isEnd();
        return BackendLine.of(message);
    }

    private void expectNothingMore() {
        if (ended || directives.isReset()) {
            return;
        }
        if (file.login() && !directives.isFinished()) {
            client.send(Frontend.terminate());
        }
        String extra = next(directives.isFinished() || !file.login() ? SETTLED : WireClient.PATIENCE);
        if (extra != null && !extra.equals("End")) {
            throw new AssertionError(file.name() + ": a message too many: B " + extra);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
