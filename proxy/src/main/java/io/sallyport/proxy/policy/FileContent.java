package io.sallyport.proxy.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** What a path held when it was looked at. */
sealed interface FileContent {
    /** A policy is written by people: this much is another kind of file. */
    int LARGEST = 16 << 20;

    record Present(byte[] bytes) implements FileContent {
        @Override
        public boolean equals(Object other) {
            return other instanceof Present present && Arrays.equals(bytes, present.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** @param why to follow the file's name in a message */
    record Absent(String why) implements FileContent {}

    /** As {@link #of}, but never waits: a FIFO without a writer would not even open. */
    static FileContent ofRegular(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)
                ? new Absent("is no regular file")
                : of(file);
    }

    static FileContent of(Path file) {
        try {
            if (Files.isDirectory(file)) {
                return new Absent("is a folder");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                return bytes.length > LARGEST
                        ? new Absent("larger than " + (LARGEST >> 20) + " MiB")
                        : new Present(bytes);
            }
        } catch (NoSuchFileException e) {
            return new Absent("no such file");
        } catch (AccessDeniedException e) {
            return new Absent("permission denied");
        } catch (IOException e) {
            return new Absent("cannot be read: " + e);
        }
    }
}
