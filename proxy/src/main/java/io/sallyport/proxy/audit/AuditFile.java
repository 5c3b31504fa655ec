package io.sallyport.proxy.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that lines are appended to. */
final class AuditFile implements AuditSink {
    private final Path path;
    private FileChannel channel;

    AuditFile(Path path) throws IOException {
        this.path = path;
        try {
            this.channel = open(path);
        } catch (IOException e) {
            throw new IOException("cannot append to the audit file " + path + ": " + reason(e), e);
        }
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        if (!channel.isOpen()) {
            channel = open(path);
        }
        while (lines.hasRemaining()) {
            channel.write(lines);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static FileChannel open(Path path) throws IOException {
        if (Files.notExists(path)) {
            create(path);
        }
        endTornLine(path);
        return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Statements are nobody else's business: the owner writes, the group (a log shipper) reads. */
    private static void create(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> ownerAndGroup = PosixFilePermissions.fromString("rw-r-----");
            Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerAndGroup));
        } else {
            Files.createFile(path);
        }
    }

    /** A process that was killed while writing leaves half a line; the next event must not be glued to it. */
    private static void endTornLine(Path path) throws IOException {
        if (!path.toFile().isFile()) {
            return;
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = file.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            if (size > 0 && file.read(last, size - 1) == 1 && last.get(0) != '\n') {
                file.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
            }
        }
    }

    /** The file system's exceptions name the file, not what is wrong with it. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such folder";
        }
        return e instanceof AccessDeniedException ? "permission denied" : e.toString();
    }
}
