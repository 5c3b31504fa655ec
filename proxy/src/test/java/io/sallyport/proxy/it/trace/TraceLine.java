package io.sallyport.proxy.it.trace;

/** One line of a transcript without its mark. */
record TraceLine(int number, Kind kind, String text) {
    enum Kind {
        SENT,
        EXPECTED,
        DIRECTIVE,
        TEXT
    }

    static TraceLine of(int number, String line) {
        if (line.isBlank() || line.startsWith("--")) {
            return new TraceLine(number, Kind.TEXT, line);
        }
        String text = line.substring(Math.min(2, line.length()));
        return switch (line.substring(0, Math.min(2, line.length()))) {
            case "F " -> new TraceLine(number, Kind.SENT, text);
            case "B " -> new TraceLine(number, Kind.EXPECTED, text);
            case "# " -> new TraceLine(number, Kind.DIRECTIVE, text);
            default ->
                throw new AssertionError("line " + number + ": expected F, B, # or -- at the start, found: " + line);
        };
    }

    String written() {
        return switch (kind) {
            case SENT -> "F " + text;
            case EXPECTED -> "B " + text;
            case DIRECTIVE -> "# " + text;
            case TEXT -> text;
        };
    }
}
