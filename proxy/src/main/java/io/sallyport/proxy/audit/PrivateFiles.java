package io.sallyport.proxy.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Statements are nobody else's business: the owner writes, the group (a log shipper) reads. */
final class PrivateFiles {
    private PrivateFiles() {}

    static void create(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> ownerAndGroup = PosixFilePermissions.fromString("rw-r-----");
            Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerAndGroup));
        } else {
            Files.createFile(path);
        }
    }
}
