package io.sallyport.proxy.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file that people keep for the proxy, such as keys or passwords, without ever waiting for it or filling the memory. */
public final class SmallFile {
    /** In MiB. */
    private static final int LARGEST = 4;

    private SmallFile() {}

    /** @throws IOException when it cannot be had; the message is to follow the file's name */
    public static byte[] read(Path file) throws IOException {
        // A FIFO without a writer would not even open.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("is not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((LARGEST << 20) + 1);
            if (bytes.length > LARGEST << 20) {
                throw new IOException("is larger than " + LARGEST + " MiB");
            }
            return bytes;
        } catch (NoSuchFileException missing) {
            throw new IOException("does not exist", missing);
        } catch (AccessDeniedException denied) {
            throw new IOException("cannot be read: permission denied", denied);
        }
    }
}
