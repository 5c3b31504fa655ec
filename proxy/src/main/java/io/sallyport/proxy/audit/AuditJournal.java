package io.sallyport.proxy.audit;

import io.sallyport.proxy.audit.chain.ChainHead;
import io.sallyport.proxy.audit.chain.ChainLine;
import io.sallyport.proxy.audit.chain.SigningKey;
import io.sallyport.proxy.config.AuditSettings;
import io.sallyport.proxy.config.FsyncPolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties lines into a chain that goes on from file to file, and vouches for them with checkpoints. */
final class AuditJournal implements AuditOutput {
    private static final Logger LOG = LoggerFactory.getLogger(AuditJournal.class);

    private final AuditSink sink;
    private final AuditSettings settings;
    private final @Nullable SigningKey key;
    private final Clock clock;
    private final PendingLines pending = new PendingLines();
    /** With the lines that are pending. */
    private ChainHead head;
    /** Without them. */
    private ChainHead written;

    private long unproven;
    private Instant lastCheckpoint;
    private byte @Nullable [] newestCheckpoint;
    private Instant lastForce;
    private boolean unforced;

    AuditJournal(AuditSink sink, ChainStart start, AuditSettings settings, @Nullable SigningKey key, Clock clock) {
        this.sink = sink;
        this.settings = settings;
        this.key = key;
        this.clock = clock;
        this.head = start.head();
        this.written = start.head();
        this.lastCheckpoint = clock.instant();
        this.lastForce = lastCheckpoint;
        line(start.opened(lastCheckpoint));
    }

    @Override
    public void add(List<AuditEvent> events) {
        Instant now = clock.instant();
        turn(now);
        events.forEach(this::line);
        if (unproven >= settings.checkpoints().lines()
                || !now.isBefore(lastCheckpoint.plus(settings.checkpoints().every()))) {
            checkpoint(now);
        }
    }

    @Override
    public void finish() {
        checkpoint(clock.instant());
        lastForce = Instant.EPOCH;
    }

    @Override
    public void flush() throws IOException {
        if (!pending.isEmpty()) {
            write();
        }
        Instant now = clock.instant();
        if (unforced && forceDue(now)) {
            sink.force();
            unforced = false;
            lastForce = now;
        }
        if (newestCheckpoint != null) {
            sink.keep(newestCheckpoint);
            newestCheckpoint = null;
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }

    private void write() throws IOException {
        try {
            sink.write(pending.buffer());
        } catch (IOException e) {
            moveOn();
            throw e;
        }
        pending.clear();
        written = head;
        unforced = true;
    }

    private boolean forceDue(Instant now) {
        return switch (settings.fsync()) {
            case NONE -> false;
            case INTERVAL -> !now.isBefore(lastForce.plus(settings.fsyncInterval()));
            case EVERY -> true;
        };
    }

    /** Another file follows when it is time, or when somebody took the one before away. */
    private void turn(Instant now) {
        if (!pending.isEmpty()) {
            return;
        }
        String displaced = sink.displaced();
        if (displaced != null) {
            leave();
            line(opened(now, displaced, null, null));
            return;
        }
        String renamed = sink.rotate(now);
        if (renamed != null) {
            line(opened(now, "rotated", renamed, null));
        }
    }

    /** Whoever moves or empties a file on a full disk expects that this helps: what is unwritten goes to the new one. */
    private void moveOn() {
        String displaced = sink.displaced();
        if (displaced == null) {
            return;
        }
        PendingLines.Rest rest = pending.rest();
        head = rest.written() == null ? written : rest.written();
        written = head;
        pending.clear();
        newestCheckpoint = null;
        leave();
        line(opened(clock.instant(), displaced, null, rest.torn()));
        rest.events().stream()
                .filter(event ->
                        !(event instanceof AuditEvent.AuditOpened) && !(event instanceof AuditEvent.Checkpoint))
                .forEach(this::line);
    }

    private void leave() {
        try {
            if (settings.fsync() != FsyncPolicy.NONE) {
                sink.force();
            }
        } catch (IOException e) {
            LOG.error("the end of an audit file that was taken away may not be on the disk: {}", e.toString());
        }
        sink.leave();
    }

    private AuditEvent opened(Instant now, String reason, @Nullable String after, @Nullable String torn) {
        return new AuditEvent.AuditOpened(now, head.seq() == 0 ? "new" : reason, after, null, torn, null);
    }

    private void line(AuditEvent event) {
        String json = AuditJson.lineOrNothing(event);
        if (json == null) {
            return;
        }
        byte[] line = ChainLine.seal(json, head);
        ChainLine sealed = ChainLine.read(line);
        if (sealed == null) {
            throw new IllegalStateException("a line of the audit cannot be read again");
        }
        head = sealed.head();
        unproven++;
        pending.add(event, line, head);
        if (event instanceof AuditEvent.Checkpoint) {
            newestCheckpoint = line;
            unproven = 0;
        }
    }

    private void checkpoint(Instant now) {
        lastCheckpoint = now;
        if (unproven == 0) {
            return;
        }
        String at = now.toString();
        line(new AuditEvent.Checkpoint(
                now,
                head.seq(),
                head.hash(),
                key == null ? null : key.verifying().id(),
                key == null ? null : key.sign(at, head.seq(), head.hash())));
    }
}
