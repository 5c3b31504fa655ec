package io.sallyport.proxy.it.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The older server that the build put beside the classes: two versions cannot share one class path. */
public final class OlderBinaries {
    private static final Path FOLDER = Path.of("target", "older-postgres");

    private OlderBinaries() {}

    public static boolean available() {
        return Files.isDirectory(FOLDER);
    }

    /** The packed server, as {@code PgBinaryResolver} wants it; there is one per archive. */
    public static InputStream open(String system, String machineHardware) throws IOException {
        JarFile jar = new JarFile(archive().toFile());
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
        throw new IOException("no .txz in " + archive() + " for " + system + " " + machineHardware);
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no archive in " + FOLDER));
        }
    }
}
