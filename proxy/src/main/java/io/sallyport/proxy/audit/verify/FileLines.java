package io.sallyport.proxy.audit.verify;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of one file, packed by gzip or not, without holding more than one. */
final class FileLines implements LineSource, Closeable {
    private static final int BUFFER = 1 << 16;
    /** Far longer than any line that is written. */
    private static final int LONGEST = 16 << 20;

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;
    private long number;

    FileLines(Path file) throws IOException {
        this.name = file.toString();
        this.in = unpacked(Files.newInputStream(file));
    }

    private static InputStream unpacked(InputStream file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(file, 2);
        byte[] magic = in.readNBytes(2);
        in.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == GZIP_FIRST && (magic[1] & 0xff) == GZIP_SECOND;
        return gzip ? new GZIPInputStream(in, BUFFER) : in;
    }

    @Override
    public @Nullable LogLine next() throws IOException {
        line.reset();
        boolean any = false;
        while (fill()) {
            any = true;
            int start = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, start, at - start);
            if (at < end) {
                at++;
                return line(true);
            }
            if (line.size() > LONGEST) {
                throw new IOException(name + ":" + (number + 1) + " is longer than any line of an audit log");
            }
        }
        return any ? line(false) : null;
    }

    private LogLine line(boolean ended) {
        number++;
        return new LogLine(line.toByteArray(), ended, new Place(name, number));
    }

    private boolean fill() throws IOException {
        if (at < end) {
            return true;
        }
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
