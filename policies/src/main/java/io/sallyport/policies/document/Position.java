package io.sallyport.policies.document;

import java.util.Comparator;

/** A place in a file; both numbers count from 1. */
public record Position(String file, int line, int column) implements Comparable<Position> {
    private static final Comparator<Position> ORDER = Comparator.comparing(Position::file)
            .thenComparingInt(Position::line)
            .thenComparingInt(Position::column);

    public static Position start(String file) {
        return new Position(file, 1, 1);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    /** As seen from a place in {@code here}: the file only where it is another one. */
    public String from(String here) {
        return "line " + line + (file.equals(here) ? "" : " of " + file);
    }
}
