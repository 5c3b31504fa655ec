package io.sallyport.proxy.audit.verify;

import io.sallyport.proxy.audit.chain.ChainHead;
import io.sallyport.proxy.audit.chain.ChainLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows a chain line by line, up to the first that is not what was written. */
final class Verification {
    private final LineSource source;
    private final Checkpoints checkpoints;
    private final Diagnosis diagnosis;
    private final List<Finding> findings = new ArrayList<>();
    private final Unreadable unreadable = new Unreadable();
    private @Nullable LogLine first;
    private @Nullable LogLine last;
    private @Nullable ChainLine lastLink;
    private long firstNumber;
    private long lines;
    private long unchained;
    private long torn;
    private boolean half;

    Verification(LineSource source, Checkpoints checkpoints) {
        this.source = source;
        this.checkpoints = checkpoints;
        this.diagnosis = new Diagnosis(source);
    }

    Report run(List<String> files) throws IOException {
        Finding wrong = follow();
        if (wrong == null) {
            wrong = end();
        }
        if (wrong != null) {
            findings.add(wrong);
        }
        long lastNumber = lastLink == null ? 0 : lastLink.seq();
        return new Report(
                files,
                lines,
                firstNumber,
                lastNumber,
                Times.at(first),
                Times.at(last),
                unchained,
                torn,
                checkpoints.count(),
                checkpoints.proven(),
                checkpoints.signed(),
                checkpoints.uncovered(firstNumber, lastNumber),
                half,
                List.copyOf(findings));
    }

    private @Nullable Finding follow() throws IOException {
        for (LogLine line = source.next(); line != null; line = source.next()) {
            ChainLine link = line.intact();
            if (link == null) {
                unreadable.add(line);
                continue;
            }
            Opening opening = Opening.read(line);
            Finding wrong = lastLink == null ? begin(line, link, opening) : goOn(line, link, opening, lastLink);
            if (wrong == null) {
                wrong = checkpoints.check(line, link);
            }
            if (wrong != null) {
                return wrong;
            }
            if (first == null) {
                first = line;
            }
            last = line;
            lastLink = link;
            lines++;
        }
        return null;
    }

    /** The first line of a chain that is given: its very first, or the first of a file. */
    private @Nullable Finding begin(LogLine line, ChainLine link, @Nullable Opening opening) {
        LogLine before = unreadable.first();
        if (before != null) {
            long bytes = unreadable.bytes();
            long count = unreadable.lines();
            String hash = unreadable.take();
            if (opening != null && hash.equals(opening.torn())) {
                torn++;
            } else if (opening != null && link.seq() == 1 && bytes == opening.unchainedBytes()) {
                unchained = count;
            } else {
                return new Finding(
                        Finding.Kind.EDITED, before.place(), "edited: not a line of the chain that begins after it");
            }
        }
        if (link.seq() == 1 && !link.prev().equals(ChainHead.NONE.hash())) {
            return new Finding(Finding.Kind.EDITED, line.place(), "edited: the first line follows another");
        }
        boolean beginning = opening != null && (link.seq() == 1 || opening.beginsFile());
        if (!beginning) {
            return new Finding(
                    Finding.Kind.REMOVED,
                    line.place(),
                    "removed: lines before this one, number " + link.seq() + "; no file begins with it");
        }
        firstNumber = link.seq();
        return null;
    }

    private @Nullable Finding goOn(LogLine line, ChainLine link, @Nullable Opening opening, ChainLine before)
            throws IOException {
        boolean follows = link.seq() == before.seq() + 1 && link.prev().equals(before.hash());
        LogLine odd = unreadable.first();
        if (odd != null) {
            String hash = unreadable.take();
            if (follows && opening != null && hash.equals(opening.torn())) {
                torn++;
                return missing(line, opening);
            }
            return follows && (opening == null || opening.torn() == null)
                    ? new Finding(Finding.Kind.INSERTED, odd.place(), "inserted: the chain goes on without it")
                    : new Finding(Finding.Kind.EDITED, odd.place(), "edited: it is not what its hash says");
        }
        if (!follows) {
            LogLine previous = last == null ? line : last;
            return diagnosis.of(line, link, previous.place(), before);
        }
        if (opening != null && opening.torn() != null) {
            return new Finding(
                    Finding.Kind.REMOVED, line.place(), "removed: half a line before this one, which it names");
        }
        return opening == null ? null : missing(line, opening);
    }

    /** What the proxy itself saw missing when it started does not hinder going on. */
    private @Nullable Finding missing(LogLine line, Opening opening) {
        if (opening.missing() > 0) {
            findings.add(new Finding(
                    Finding.Kind.CUT,
                    line.place(),
                    "cut: " + opening.missing() + " lines before this one were missing when the proxy started"));
        }
        return null;
    }

    private @Nullable Finding end() {
        LogLine odd = unreadable.first();
        if (odd != null) {
            half = unreadable.isHalfALine() && odd.link() == null && lastLink != null;
            if (!half) {
                String what = lastLink == null ? "not a line of a chain" : "edited: it is not what its hash says";
                return new Finding(Finding.Kind.EDITED, odd.place(), what);
            }
        }
        if (lastLink == null || last == null) {
            return new Finding(Finding.Kind.UNPROVEN, null, "there is no line to verify");
        }
        return checkpoints.atEnd(last, lastLink);
    }
}
