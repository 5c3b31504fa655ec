package io.sallyport.proxy.tls;

import io.sallyport.proxy.config.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the files of one leg held when they were read, by the setting that names them; one reading is one state. */
final class TlsFiles {
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
            return SmallFile.read(path);
        } catch (IOException why) {
            throw new TlsProblem(setting, path, String.valueOf(why.getMessage()));
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
