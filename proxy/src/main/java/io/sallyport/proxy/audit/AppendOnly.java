package io.sallyport.proxy.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens files for appending, for one process at a time: two would break each other's chain. */
final class AppendOnly {
    private static final Logger LOG = LoggerFactory.getLogger(AppendOnly.class);

    private AppendOnly() {}

    static FileChannel open(Path path) throws IOException {
        if (Files.notExists(path)) {
            PrivateFiles.create(path);
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        if (Files.isRegularFile(path) && !lock(channel, path)) {
            channel.close();
            throw new IOException("another process writes it");
        }
        return channel;
    }

    /** The file system's exceptions name the file, not what is wrong with it. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
    }

    /** True also where the file system knows no locks. */
    private static boolean lock(FileChannel channel, Path path) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        } catch (IOException e) {
            LOG.warn("{} cannot be locked; take care that no other process writes it: {}", path, e.toString());
            return true;
        }
    }
}
