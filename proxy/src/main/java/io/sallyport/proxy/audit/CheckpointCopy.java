package io.sallyport.proxy.audit;

import io.sallyport.proxy.audit.chain.ChainHead;
import io.sallyport.proxy.audit.chain.ChainLine;
import io.sallyport.proxy.config.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest checkpoint, in a file beside the log: it tells when the log's end was cut off. */
final class CheckpointCopy {
    static final String SUFFIX = ".checkpoint";
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCopy.class);

    private CheckpointCopy() {}

    static Path beside(Path log) {
        return log.resolveSibling(log.getFileName() + SUFFIX);
    }

    /** Null when there is none, or none that can be read. */
    static @Nullable ChainHead head(Path log) {
        try {
            byte[] bytes = SmallFile.read(beside(log));
            boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
            ChainLine line = ChainLine.read(ended ? Arrays.copyOf(bytes, bytes.length - 1) : bytes);
            return line != null && line.intact() ? line.head() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The log does not depend on it: what goes wrong is said, and nothing else comes of it. */
    static void write(Path log, byte[] checkpoint) {
        Path written = log.resolveSibling(log.getFileName() + SUFFIX + ".tmp");
        try {
            Files.deleteIfExists(written);
            PrivateFiles.create(written);
            byte[] line = Arrays.copyOf(checkpoint, checkpoint.length + 1);
            line[checkpoint.length] = '\n';
            Files.write(written, line);
            Files.move(written, beside(log), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("the newest checkpoint of the audit cannot be kept in {}: {}", beside(log), e.toString());
        }
    }
}
