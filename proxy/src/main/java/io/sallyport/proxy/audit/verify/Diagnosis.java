package io.sallyport.proxy.audit.verify;

import io.sallyport.proxy.audit.chain.ChainHead;
import io.sallyport.proxy.audit.chain.ChainLine;
import java.io.IOException;

/** Finds out, from the lines that follow, why a whole line does not follow the one before it. */
final class Diagnosis {
    private final LineSource rest;

    Diagnosis(LineSource rest) {
        this.rest = rest;
    }

    Finding of(LogLine line, ChainLine link, Place previous, ChainLine before) throws IOException {
        long expected = before.seq() + 1;
        if (link.seq() == 1 && link.prev().equals(ChainHead.NONE.hash())) {
            return new Finding(
                    Finding.Kind.NEW_CHAIN, line.place(), "a new chain begins; nothing ties it to the lines before");
        }
        if (link.prev().equals(before.hash())) {
            return edited(line.place());
        }
        if (link.seq() == expected) {
            return edited(nextDenies(link) ? line.place() : previous);
        }
        if (link.seq() < expected) {
            return new Finding(
                    Finding.Kind.INSERTED, line.place(), "inserted: number " + link.seq() + " was there before");
        }
        return ahead(line, link, expected);
    }

    /** The line after it vouches for the one of two that was not edited. */
    private boolean nextDenies(ChainLine link) throws IOException {
        LogLine next = rest.next();
        ChainLine following = next == null ? null : next.intact();
        return following != null && !following.prev().equals(link.hash());
    }

    private Finding ahead(LogLine line, ChainLine link, long expected) throws IOException {
        LogLine missed = null;
        for (LogLine next = rest.next(); next != null; next = rest.next()) {
            ChainLine following = next.intact();
            if (following == null) {
                continue;
            }
            if (following.seq() == link.seq()) {
                return new Finding(
                        Finding.Kind.INSERTED,
                        line.place(),
                        "inserted: number " + link.seq() + " comes again at " + next.place());
            }
            if (missed == null && following.seq() == expected) {
                missed = next;
            }
        }
        return missed == null ? removed(line, link.seq(), expected) : moved(line, link.seq(), expected, missed);
    }

    private static Finding removed(LogLine line, long number, long expected) {
        long last = number - 1;
        String which = last == expected ? "number " + expected : "numbers " + expected + " to " + last;
        return new Finding(Finding.Kind.REMOVED, line.place(), "removed: " + which + " before this line");
    }

    private static Finding moved(LogLine line, long number, long expected, LogLine missed) {
        return new Finding(
                Finding.Kind.MOVED,
                line.place(),
                "moved: here is number " + number + ", and " + expected + " is at " + missed.place());
    }

    private static Finding edited(Place place) {
        return new Finding(Finding.Kind.EDITED, place, "edited: the lines around it know it otherwise");
    }
}
