package io.sallyport.proxy.audit.verify;

import io.sallyport.proxy.audit.chain.ChainHead;
import io.sallyport.proxy.audit.chain.ChainLine;
import io.sallyport.proxy.audit.chain.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** A log in memory, chained and signed as the proxy does it, to be tampered with. */
final class SampleLog {
    static final SigningKey KEY = SigningKey.generate();
    private static final String AT = "2026-11-21T02:00:00.125Z";
    private static final String FILE = "audit.jsonl";

    private final List<LogLine> lines = new ArrayList<>();
    private ChainHead head = ChainHead.NONE;

    /** Every thousandth line is a checkpoint, signed, and the last one too. */
    static SampleLog of(int count) {
        SampleLog log = new SampleLog();
        log.add("{\"event\":\"audit_opened\",\"at\":\"" + AT + "\",\"reason\":\"new\"}");
        while (log.lines.size() < count) {
            int number = log.lines.size() + 1;
            if (number % 1000 == 0 || number == count) {
                log.checkpoint(KEY);
            } else {
                log.add("{\"event\":\"decided\",\"at\":\"" + AT + "\",\"session\":\"s-" + number
                        + "\",\"user\":\"älice\",\"decision\":\"hold\",\"statement\":\"DELETE FROM orders -- "
                        + number * 31 + "\"}");
            }
        }
        return log;
    }

    SampleLog add(String json) {
        byte[] line = ChainLine.seal(json, head);
        LogLine added = line(line);
        head = link(added).head();
        lines.add(added);
        return this;
    }

    SampleLog checkpoint(SigningKey key) {
        return add(
                "{\"event\":\"checkpoint\",\"at\":\"" + AT + "\",\"count\":" + head.seq() + ",\"head\":\"" + head.hash()
                        + "\",\"key\":\"" + key.verifying().id() + "\",\"signature\":\""
                        + key.sign(AT, head.seq(), head.hash()) + "\"}");
    }

    SampleLog unsignedCheckpoint() {
        return add("{\"event\":\"checkpoint\",\"at\":\"" + AT + "\",\"count\":" + head.seq() + ",\"head\":\""
                + head.hash() + "\"}");
    }

    List<LogLine> lines() {
        return List.copyOf(lines);
    }

    Checkpoint lastCheckpoint() {
        return Objects.requireNonNull(Checkpoint.read(lines.get(lines.size() - 1)));
    }

    static ChainLine link(LogLine line) {
        return Objects.requireNonNull(line.intact());
    }

    static LogLine line(byte[] bytes) {
        return new LogLine(bytes, true, new Place(FILE, 0));
    }

    static LogLine line(String text) {
        return line(text.getBytes(StandardCharsets.UTF_8));
    }

    static Report verify(List<LogLine> lines, Checkpoints checkpoints) {
        Iterator<LogLine> rest = lines.iterator();
        long[] number = {0};
        LineSource source = () -> rest.hasNext() ? rest.next().at(new Place(FILE, ++number[0])) : null;
        try {
            return new Verification(source, checkpoints).run(List.of(FILE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
