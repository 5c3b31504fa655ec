package io.sallyport.proxy.replay.log;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One log, opened: a file, also packed by gzip, or standard input. */
public final class LogInput implements Closeable {
    /** In characters; what is longer is cut, and said to be. A record costs some twenty times its length while it is read and judged. */
    static final int LONGEST_RECORD = 1024 * 1024;

    public static final String STANDARD_INPUT = "-";

    private static final int HEAD = 256 * 1024;

    private final InputStream in;
    private final LogReader reader;
    private final String described;

    private LogInput(InputStream in, LogReader reader, String described) {
        this.in = in;
        this.reader = reader;
        this.described = described;
    }

    /**
     * How to read logs.
     *
     * @param format null to find out
     * @param linePrefix the server's log_line_prefix; null to find out
     */
    public record Options(
            @Nullable LogFormat format, @Nullable String linePrefix) {}

    /** @param bytesRead is told of every bite taken from the file, packed as it may be */
    public static LogInput open(
            String name,
            InputStream standardInput,
            LongConsumer bytesRead,
            Options options,
            LogTime time,
            UnreadableLines unreadable)
            throws LogException {
        String file = name.equals(STANDARD_INPUT) ? "standard input" : name;
        try {
            InputStream raw = name.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(Path.of(name));
            BufferedInputStream in = unpacked(new CountedInput(raw, bytesRead));
            List<String> head = head(in);
            LogFormat format = options.format() != null ? options.format() : FormatGuess.of(head);
            LineReader lines = new LineReader(in, file, LONGEST_RECORD);
            LinePrefix prefix = format == LogFormat.STDERR ? prefix(options.linePrefix(), head, file) : LinePrefix.NONE;
            LogReader reader = switch (format) {
                case CSVLOG -> new CsvLogReader(lines, time, unreadable);
                case JSONLOG -> new JsonLogReader(lines, time, unreadable);
                case STDERR -> new StderrLogReader(lines, prefix, time, unreadable);
                case AUDIT -> new AuditLogReader(lines, unreadable);
            };
            String guessed = options.linePrefix() == null ? ", guessed" : "";
            String described = format == LogFormat.STDERR
                    ? format.label() + " with log_line_prefix '" + prefix + "'" + guessed
                    : format.label();
            return new LogInput(in, reader, described);
        } catch (NoSuchFileException e) {
            throw new LogException(file + ": no such file", e);
        } catch (IOException e) {
            throw new LogException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static LinePrefix prefix(@Nullable String given, List<String> head, String file) throws LogException {
        return given == null ? PrefixGuess.of(head, file) : LinePrefix.of(given);
    }

    /** By the magic number of RFC 1952, whatever the file is called. */
    private static BufferedInputStream unpacked(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, HEAD);
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return packed ? new BufferedInputStream(new GZIPInputStream(in, 64 * 1024), HEAD) : in;
    }

    /** The first lines, without taking them; the last of them may be half a line and is left out when others stand before it. */
    private static List<String> head(BufferedInputStream in) throws IOException {
        in.mark(HEAD);
        byte[] bytes = in.readNBytes(HEAD - 1);
        in.reset();
        LineReader lines = new LineReader(new ByteArrayInputStream(bytes), "", HEAD);
        List<String> head = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            head.add(line);
        }
        if (head.size() > 1 && bytes[bytes.length - 1] != '\n') {
            head.remove(head.size() - 1);
        }
        return head;
    }

    public LogReader reader() {
        return reader;
    }

    /** The format, and where it has one the prefix. */
    public String described() {
        return described;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
