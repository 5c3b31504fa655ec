package io.sallyport.proxy.it.server;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The older servers that the build put beside the classes: two versions cannot share one class path. */
public final class OlderBinaries {
    private static final Path FOLDER = Path.of("target", "older-postgres");

    private static final int USUAL = 15;

    private OlderBinaries() {}

    /** Whether the build brought the one that most tests mean. */
    public static boolean available() {
        return available(USUAL);
    }

    /** Whether the build brought this major version. */
    public static boolean available(int major) {
        return archive(major).isPresent();
    }

    /** The majors to test beside the class path's: 13 and 15, or with {@code -Dpostgres.versions=all} all that the build brought. */
    public static List<Integer> majors() {
        List<Integer> wanted = System.getProperty("postgres.versions", "").equals("all")
                ? List.of(13, 14, 15, 16, 17)
                : List.of(13, 15);
        return wanted.stream().filter(OlderBinaries::available).toList();
    }

    /** The packed server, as {@code PgBinaryResolver} wants it. */
    public static InputStream open(String system, String machineHardware) throws IOException {
        return of(USUAL).getPgBinary(system, machineHardware);
    }

    public static PgBinaryResolver of(int major) {
        return (system, machineHardware) ->
                unpack(archive(major).orElseThrow(() -> new IOException("no PostgreSQL " + major + " in " + FOLDER)));
    }

    /** There is one server per archive. */
    private static InputStream unpack(Path archive) throws IOException {
        JarFile jar = new JarFile(archive.toFile());
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().endsWith(".txz")) {
                return new FilterInputStream(jar.getInputStream(entry)) {
                    @Override
                    public void close() throws IOException {
                        super.close();
                        jar.close();
                    }
                };
            }
        }
        jar.close();
        throw new IOException("no .txz in " + archive);
    }

    private static Optional<Path> archive(int major) {
        if (!Files.isDirectory(FOLDER)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().matches(".*-" + major + "\\.[0-9.]+\\.jar"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
