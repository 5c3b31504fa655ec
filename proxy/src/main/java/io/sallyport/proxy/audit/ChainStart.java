package io.sallyport.proxy.audit;

import io.sallyport.proxy.audit.chain.ChainHead;
import io.sallyport.proxy.audit.chain.LogTail;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a chain goes on when the writer starts, and what its first line says of that.
 *
 * @param head the last line before
 * @param tail how the file ends that is taken up
 */
record ChainStart(
        ChainHead head,
        String reason,
        @Nullable Long unchainedBytes,
        @Nullable String torn,
        @Nullable Long missing,
        LogTail tail) {
    static final ChainStart NEW =
            new ChainStart(ChainHead.NONE, "new", null, null, null, new LogTail(0, null, null, true));

    /** After what stands in the file; in an empty one, after the files that were renamed before. */
    static ChainStart find(Path path, FileChannel file) throws IOException {
        LogTail tail = LogTail.read(file);
        ChainHead checkpoint = CheckpointCopy.head(path);
        ChainHead last = tail.last();
        if (last != null) {
            return new ChainStart(last, "restart", null, tail.torn(), missing(checkpoint, last), tail);
        }
        boolean onlyHalfALine = tail.torn() != null;
        if (tail.size() > 0 && !onlyHalfALine) {
            return new ChainStart(ChainHead.NONE, "new", tail.size() + (tail.ended() ? 0 : 1), null, null, tail);
        }
        ChainHead before = OlderFiles.newestHead(path);
        if (before == null || (checkpoint != null && checkpoint.seq() > before.seq())) {
            before = checkpoint;
        }
        return before == null
                ? new ChainStart(ChainHead.NONE, "new", null, tail.torn(), null, tail)
                : new ChainStart(before, "moved", null, tail.torn(), null, tail);
    }

    private static @Nullable Long missing(@Nullable ChainHead checkpoint, ChainHead last) {
        return checkpoint != null && checkpoint.seq() > last.seq() ? checkpoint.seq() - last.seq() : null;
    }

    long size() {
        return tail.size();
    }

    boolean ended() {
        return tail.ended();
    }

    AuditEvent opened(Instant now) {
        return new AuditEvent.AuditOpened(now, reason, null, unchainedBytes, torn, missing);
    }
}
