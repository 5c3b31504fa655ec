package io.sallyport.proxy.audit;

import io.sallyport.proxy.audit.chain.ChainHead;
import io.sallyport.proxy.audit.chain.LogTail;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that a log was renamed to: {@code audit.jsonl.20261127T124253.017Z}. */
final class OlderFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OlderFiles.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern STAMPED = Pattern.compile(".*\\.\\d{8}T\\d{6}\\.\\d{3}Z");
    /** Other programs rename too; the newest of those are looked at. */
    private static final int MOST_LOOKED_AT = 16;

    private OlderFiles() {}

    /** A name that no file has. */
    static Path name(Path log, Instant now) {
        for (Instant at = now; ; at = at.plusMillis(1)) {
            Path name = log.resolveSibling(log.getFileName() + "." + STAMP.format(at));
            if (Files.notExists(name)) {
                return name;
            }
        }
    }

    /** Deletes the oldest of those that Sallyport itself renamed. */
    static void prune(Path log, int keep) {
        if (keep == 0) {
            return;
        }
        try {
            List<Path> stamped = beside(log).stream()
                    .filter(file -> STAMPED.matcher(file.toString()).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path old : stamped.subList(Math.min(keep, stamped.size()), stamped.size())) {
                Files.delete(old);
            }
        } catch (IOException e) {
            LOG.warn("old audit files cannot be deleted: {}", e.toString());
        }
    }

    /** How far the chain came in them; null when none of them holds one. */
    static @Nullable ChainHead newestHead(Path log) {
        try {
            return beside(log).stream()
                    .sorted(Comparator.<Path>comparingLong(file -> file.toFile().lastModified())
                            .reversed())
                    .limit(MOST_LOOKED_AT)
                    .map(OlderFiles::head)
                    .filter(Objects::nonNull)
                    .max(Comparator.comparingLong(ChainHead::seq))
                    .orElse(null);
        } catch (IOException e) {
            LOG.warn("older audit files cannot be looked for: {}", e.toString());
            return null;
        }
    }

    private static List<Path> beside(Path log) throws IOException {
        String prefix = log.getFileName() + ".";
        try (Stream<Path> files = Files.list(log.toAbsolutePath().getParent())) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> !file.toString().contains(CheckpointCopy.SUFFIX))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    private static @Nullable ChainHead head(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            return LogTail.read(channel).last();
        } catch (IOException e) {
            return null;
        }
    }
}
