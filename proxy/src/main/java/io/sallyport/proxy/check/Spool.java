package io.sallyport.proxy.check;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Text that waits until what stands in front of it is known: in memory, beyond a limit in a temporary file. */
final class Spool extends Writer {
    private static final int MOST_IN_MEMORY = 4 << 20;

    private final int limit;
    private char[] memory = new char[8192];
    private int size;
    private @Nullable Path file;
    private @Nullable Writer overflow;

    Spool() {
        this(MOST_IN_MEMORY);
    }

    Spool(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        if (overflow == null && length > limit - size) {
            file = Files.createTempFile("sallyport-check", ".json");
            overflow = new BufferedWriter(Files.newBufferedWriter(file), 1 << 16);
        }
        if (overflow != null) {
            overflow.write(text, offset, length);
            return;
        }
        if (length > memory.length - size) {
            memory = Arrays.copyOf(memory, Math.max(2 * memory.length, size + length));
        }
        System.arraycopy(text, offset, memory, size, length);
        size += length;
    }

    /** Hands everything on and is empty again. */
    void drainTo(Writer out) throws IOException {
        out.write(memory, 0, size);
        if (overflow != null && file != null) {
            overflow.close();
            try (Reader rest = Files.newBufferedReader(file)) {
                rest.transferTo(out);
            }
        }
        close();
    }

    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        size = 0;
        if (overflow != null && file != null) {
            overflow.close();
            Files.deleteIfExists(file);
        }
        overflow = null;
        file = null;
    }
}
