package io.sallyport.proxy.replay.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines together into records of CSV: a line break inside quotes belongs to the field. A server that was killed leaves a quote open that
 * would swallow all that follows; so what turns out to be no record is read again from the next line on that looks like the start of one.
 */
final class CsvRecords {
    private static final int LONGEST = LogInput.LONGEST_RECORD;
    /** Time, user, database, process id: as csvlog.c writes them. */
    private static final Pattern START = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} [^,\"]{1,40},(\"([^\"]|\"\"){0,200}\")?,"
                    + "(\"([^\"]|\"\"){0,200}\")?,\\d+,.*");

    private record Line(String text, Place place, boolean cut) {}

    private final LineReader lines;
    private final UnreadableLines unreadable;
    private final Deque<Line> again = new ArrayDeque<>();
    private final List<Line> taken = new ArrayList<>();
    private Place place = new Place("", 0);
    private boolean cut;

    CsvRecords(LineReader lines, UnreadableLines unreadable) {
        this.lines = lines;
        this.unreadable = unreadable;
    }

    static boolean isStart(String line) {
        return START.matcher(line).matches();
    }

    /** The text of the next record, or null at the end. */
    @Nullable
    String next() throws IOException {
        taken.clear();
        cut = false;
        int length = 0;
        boolean open = false;
        for (Line line = line(); line != null; line = line()) {
            if (taken.isEmpty()) {
                place = line.place;
            }
            taken.add(line);
            length += line.text.length() + 1;
            cut |= line.cut;
            open ^= oddQuotes(line.text);
            if (cut || length > LONGEST) {
                return tooLong();
            }
            if (!open) {
                return text(length);
            }
        }
        if (taken.isEmpty()) {
            return null;
        }
        unreadable.add(place, "a quote is not closed");
        retry();
        return next();
    }

    /** The record was none: its lines are read again, from the next one on that looks like a start. */
    void retry() {
        int start = 1;
        while (start < taken.size() && !isStart(taken.get(start).text)) {
            start++;
        }
        for (int i = taken.size() - 1; i >= start; i--) {
            again.addFirst(taken.get(i));
        }
        taken.clear();
    }

    /** Skips to the next start, and yields what can be said of the record: its beginning, closed where it was cut. */
    private String tooLong() throws IOException {
        cut = true;
        StringBuilder head = new StringBuilder();
        for (Line line : taken) {
            if (head.length() < LONGEST) {
                head.append(line.text, 0, Math.min(line.text.length(), LONGEST - head.length()))
                        .append('\n');
            }
        }
        retry();
        Line line = again.isEmpty() ? line() : null;
        while (line != null && !isStart(line.text)) {
            line = line();
        }
        if (line != null) {
            again.addFirst(line);
        }
        return closed(head);
    }

    /** The columns behind the cut are empty; the message stands before them. */
    private static String closed(StringBuilder head) {
        boolean open = oddQuotes(head);
        return head.append(open ? "\"" : "").append(",".repeat(12)).toString();
    }

    private String text(int length) {
        if (taken.size() == 1) {
            return taken.get(0).text;
        }
        StringBuilder text = new StringBuilder(length);
        for (Line line : taken) {
            text.append(text.length() == 0 ? "" : "\n").append(line.text);
        }
        return text.toString();
    }

    private @Nullable Line line() throws IOException {
        Line line = again.pollFirst();
        if (line != null) {
            return line;
        }
        String text = lines.next();
        return text == null ? null : new Line(text, lines.place(), lines.isCut());
    }

    private static boolean oddQuotes(CharSequence text) {
        boolean odd = false;
        for (int i = 0; i < text.length(); i++) {
            odd ^= text.charAt(i) == '"';
        }
        return odd;
    }

    Place place() {
        return place;
    }

    boolean isCut() {
        return cut;
    }
}
