package io.sallyport.proxy.it.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A named pipe that takes nothing until it is read: a disk that takes its time. */
final class FullPipe implements AutoCloseable {
    /** The kernel's capacity of a pipe (pipe(7)). */
    private static final int CAPACITY = 65_536;

    private final RandomAccessFile pipe;
    private volatile String text = "";

    FullPipe(Path path) throws IOException, InterruptedException {
        new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
        // Opened both ways, so that nobody waits for the other end.
        pipe = new RandomAccessFile(path.toFile(), "rw");
        pipe.write(" ".repeat(CAPACITY).getBytes(StandardCharsets.US_ASCII));
    }

    /** From now on everything is taken. */
    void drain() {
        Thread reader = new Thread(this::read, "pipe-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            InputStream in = Channels.newInputStream(pipe.getChannel());
            byte[] buffer = new byte[CAPACITY];
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                text = text.concat(new String(buffer, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            text = text.concat("(closed)");
        }
    }

    /** What was taken. */
    String text() {
        return text.strip();
    }

    @Override
    public void close() throws IOException {
        pipe.close();
    }
}
