package io.sallyport.proxy.audit.verify;

import io.sallyport.proxy.audit.chain.ChainLine;
import io.sallyport.proxy.audit.chain.VerifyingKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what vouches for lines: checkpoints inside the log, and copies of them from elsewhere. */
final class Checkpoints {
    private final List<VerifyingKey> keys;
    /** By their number. */
    private final Map<Long, Checkpoint> copies = new HashMap<>();

    private long count;
    private long signed;
    private long proven;
    private long covered;

    Checkpoints(List<VerifyingKey> keys, List<Checkpoint> copies) {
        this.keys = List.copyOf(keys);
        copies.forEach(copy -> this.copies.merge(copy.line().seq(), copy, (one, other) -> one));
    }

    /** Null when all is well with this line. */
    @Nullable
    Finding check(LogLine line, ChainLine link) {
        Checkpoint copy = copies.remove(link.seq());
        if (copy != null && !copy.line().hash().equals(link.hash())) {
            return new Finding(
                    Finding.Kind.EDITED,
                    line.place(),
                    "edited: a copy of this checkpoint says otherwise, here or before");
        }
        return line.isEvent(Checkpoint.EVENT) ? inside(line) : null;
    }

    private @Nullable Finding inside(LogLine line) {
        Checkpoint checkpoint = Checkpoint.read(line);
        if (checkpoint == null || !checkpoint.fits()) {
            return bad(line, "it does not speak of the lines before it");
        }
        boolean provenNow = checkpoint.provedBy(keys);
        if (!keys.isEmpty() && !provenNow) {
            if (checkpoint.signature() != null) {
                return bad(line, "it was not made by a given key (the log names " + checkpoint.key() + ")");
            }
            if (signed > 0) {
                return bad(line, "there is none, though checkpoints before are signed");
            }
        }
        count++;
        signed += checkpoint.signature() == null ? 0 : 1;
        proven += provenNow ? 1 : 0;
        if (keys.isEmpty() || provenNow) {
            covered = checkpoint.line().seq();
        }
        return null;
    }

    private static Finding bad(LogLine line, String why) {
        return new Finding(Finding.Kind.BAD_SIGNATURE, line.place(), "bad signature: " + why);
    }

    @Nullable
    Finding atEnd(LogLine last, ChainLine link) {
        long known = copies.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        if (known > link.seq()) {
            return new Finding(
                    Finding.Kind.CUT,
                    last.place(),
                    "cut after this line, number " + link.seq() + ": a copy of a checkpoint knows of " + known);
        }
        if (!keys.isEmpty() && proven == 0) {
            return new Finding(Finding.Kind.UNPROVEN, null, "no checkpoint is signed; nothing is proven");
        }
        return null;
    }

    long count() {
        return count;
    }

    long signed() {
        return signed;
    }

    long proven() {
        return proven;
    }

    /** How many lines come after the last checkpoint that counts. */
    long uncovered(long first, long last) {
        return Math.max(0, last - Math.max(covered, first - 1));
    }
}
