package io.sallyport.proxy.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of a text around a part of it, numbered, with that part underlined. */
final class Excerpt {
    private static final int MOST_LINES = 4;
    private static final int WIDEST = 110;
    private static final int BEFORE = 20;
    private static final String CUT = "…";

    private final Palette palette;
    private final List<String> lines = new ArrayList<>();
    private int gutter;

    private Excerpt(Palette palette) {
        this.palette = palette;
    }

    /**
     * @param statement first byte of the statement in the text
     * @param line that byte's line in the source
     */
    static List<String> of(byte[] text, int statement, long line, int start, int end, Palette palette) {
        Excerpt excerpt = new Excerpt(palette);
        long number = line;
        int last = Math.min(end, text.length);
        int from = statement;
        while (from < start && lineEnd(text, from) < start) {
            from = lineEnd(text, from) + 1;
            number++;
        }
        excerpt.gutter =
                Long.toString(number + shownLines(text, from, last) - 1).length();
        if (from > statement) {
            excerpt.plain(text, statement, lineEnd(text, statement), line);
            if (number > line + 1) {
                excerpt.lines.add(excerpt.margin("") + CUT);
            }
        }
        for (int shown = 0; from < last; shown++) {
            if (shown == MOST_LINES) {
                excerpt.lines.add(excerpt.margin("") + CUT);
                break;
            }
            int until = lineEnd(text, from);
            excerpt.underlined(text, from, until, Math.max(start, from), Math.min(last, until), number++);
            from = until + 1;
        }
        return excerpt.lines;
    }

    private void plain(byte[] text, int from, int until, long number) {
        String line = text(text, from, until).stripTrailing();
        lines.add(margin(Long.toString(number)) + cut(line, 0));
    }

    private void underlined(byte[] text, int from, int until, int start, int end, long number) {
        String line = text(text, from, until).stripTrailing();
        int left = text(text, from, start).length();
        int right =
                left + text(text, start, Math.max(start, end)).stripTrailing().length();
        // A part far to the right is shown with a little of what stands before it.
        int offset = left > WIDEST - BEFORE ? left - BEFORE : 0;
        lines.add(margin(Long.toString(number)) + cut(line, offset));
        StringBuilder marks = new StringBuilder(offset > 0 ? " " : "");
        for (int i = offset; i < Math.min(right, offset + WIDEST); i++) {
            char c = line.charAt(i);
            marks.append(c == '\t' ? '\t' : i < left ? ' ' : '^');
        }
        if (right > left) {
            lines.add(margin("") + palette.underline(marks.toString()));
        }
    }

    private static String cut(String line, int offset) {
        String end = line.length() > offset + WIDEST ? CUT : "";
        return (offset > 0 ? CUT : "") + line.substring(offset, Math.min(line.length(), offset + WIDEST)) + end;
    }

    private String margin(String number) {
        return palette.aside("  " + " ".repeat(Math.max(0, gutter - number.length())) + number + " | ");
    }

    private static int shownLines(byte[] text, int from, int last) {
        int lines = 1;
        for (int end = lineEnd(text, from); end < last - 1 && lines < MOST_LINES; end = lineEnd(text, end + 1)) {
            lines++;
        }
        return lines;
    }

    private static int lineEnd(byte[] text, int from) {
        int end = from;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return end;
    }

    private static String text(byte[] text, int from, int until) {
        String raw = new String(text, from, until - from, StandardCharsets.UTF_8);
        return Printable.of(raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw);
    }
}
