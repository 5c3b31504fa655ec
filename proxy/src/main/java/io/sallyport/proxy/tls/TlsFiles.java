package io.sallyport.proxy.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the files of one leg held when they were read, by the setting that names them; one reading is one state. */
final class TlsFiles {
    /** Far above any chain or bundle: a path that names something else must not fill the memory. */
    private static final long LARGEST = 4L << 20;

    private final Map<String, ByteBuffer> contents;
    private final Map<String, Path> paths;

    private TlsFiles(Map<String, Path> paths, Map<String, ByteBuffer> contents) {
        this.paths = paths;
        this.contents = contents;
    }

    /** @throws TlsProblem when one of them cannot be read */
    static TlsFiles read(Map<String, Path> paths) throws TlsProblem {
        Map<String, ByteBuffer> contents = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : paths.entrySet()) {
            contents.put(file.getKey(), ByteBuffer.wrap(content(file.getKey(), file.getValue())));
        }
        return new TlsFiles(paths, contents);
    }

    private static byte[] content(String setting, Path path) throws TlsProblem {
        try {
            if (!Files.isRegularFile(path)) {
                throw new TlsProblem(setting, path, Files.exists(path) ? "is not a file" : "does not exist");
            }
            if (Files.size(path) > LARGEST) {
                throw new TlsProblem(setting, path, "is larger than 4 MiB");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException gone) {
            throw new TlsProblem(setting, path, "does not exist");
        } catch (IOException e) {
            throw new TlsProblem(setting, path, "cannot be read: " + e.getMessage());
        }
    }

    boolean has(String setting) {
        return contents.containsKey(setting);
    }

    byte[] bytes(String setting) {
        return Objects.requireNonNull(contents.get(setting)).array();
    }

    TlsProblem problem(String setting, String what) {
        return new TlsProblem(setting, Objects.requireNonNull(paths.get(setting)), what);
    }

    /** Only what files held, not when they were written: a swapped symbolic link counts, a touch does not. */
    boolean same(@Nullable TlsFiles other) {
        return other != null && contents.equals(other.contents);
    }

    List<Path> all() {
        return List.copyOf(paths.values());
    }
}
