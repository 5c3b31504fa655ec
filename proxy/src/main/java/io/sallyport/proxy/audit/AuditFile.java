package io.sallyport.proxy.audit;

import io.sallyport.proxy.config.AuditSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that lines are appended to, and that another follows when it is large or old enough. */
final class AuditFile implements AuditSink {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);
    private static final Duration ROTATE_AGAIN = Duration.ofMinutes(1);

    private final Path path;
    private final AuditSettings.Rotation rotation;
    private final Clock clock;
    private final ChainStart start;
    private FileChannel channel;
    /** Pipes and devices have neither size nor past. */
    private boolean regular;

    private @Nullable Object fileKey;
    private long size;
    private Instant since;
    private Instant rotateFrom = Instant.MIN;

    AuditFile(Path path, AuditSettings.Rotation rotation, Clock clock) throws IOException {
        this.path = path;
        this.rotation = rotation;
        this.clock = clock;
        this.since = clock.instant();
        try {
            if (Files.notExists(path)) {
                PrivateFiles.create(path);
            }
            this.start = Files.isRegularFile(path) ? resume() : ChainStart.NEW;
            this.channel = open();
        } catch (IOException e) {
            throw new IOException("cannot append to the audit file " + path + ": " + AppendOnly.reason(e), e);
        }
        try {
            endTornLine();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the chain goes on. */
    ChainStart start() {
        return start;
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        if (!channel.isOpen()) {
            channel = open();
            since = clock.instant();
        }
        while (lines.hasRemaining()) {
            size += channel.write(lines);
        }
    }

    @Override
    public void force() throws IOException {
        if (regular && channel.isOpen()) {
            channel.force(false);
        }
    }

    @Override
    public @Nullable String displaced() {
        if (!regular || !channel.isOpen()) {
            return null;
        }
        try {
            BasicFileAttributes there = Files.readAttributes(path, BasicFileAttributes.class);
            if (!Objects.equals(there.fileKey(), fileKey)) {
                return "moved";
            }
            return there.size() < size ? "truncated" : null;
        } catch (NoSuchFileException gone) {
            return "moved";
        } catch (IOException unknown) {
            return null;
        }
    }

    @Override
    public void leave() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("the audit file could not be closed: {}", e.toString());
        }
    }

    @Override
    public @Nullable String rotate(Instant now) {
        boolean large = rotation.bytes() > 0 && size >= rotation.bytes();
        boolean old = !rotation.every().isZero() && !now.isBefore(since.plus(rotation.every()));
        if (!regular || !channel.isOpen() || size == 0 || !(large || old) || now.isBefore(rotateFrom)) {
            return null;
        }
        Path renamed = OlderFiles.name(path, now);
        try {
            channel.force(false);
            Files.move(path, renamed);
        } catch (IOException e) {
            LOG.error("the audit file stays what it is, it cannot be renamed to {}: {}", renamed, e.toString());
            rotateFrom = now.plus(ROTATE_AGAIN);
            return null;
        }
        leave();
        OlderFiles.prune(path, rotation.keep());
        return String.valueOf(renamed.getFileName());
    }

    @Override
    public void keep(byte[] checkpoint) {
        if (regular) {
            CheckpointCopy.write(path, checkpoint);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private FileChannel open() throws IOException {
        FileChannel opened = AppendOnly.open(path);
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        regular = attributes.isRegularFile();
        fileKey = attributes.fileKey();
        size = regular ? opened.size() : 0;
        return opened;
    }

    /** Before the file is opened for writing: to close a file that was read would end this process' lock on it. */
    private ChainStart resume() throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            since = FirstLine.at(file, since);
            return ChainStart.find(path, file);
        }
    }

    /** A process that was killed while writing leaves half a line; the next event must not be glued to it. */
    private void endTornLine() throws IOException {
        if (regular && size != start.size()) {
            leave();
            throw new IOException("cannot append to the audit file " + path + ": another process writes it");
        }
        if (!start.ended()) {
            write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }
}
