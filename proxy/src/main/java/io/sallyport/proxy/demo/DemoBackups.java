package io.sallyport.proxy.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a backup's script leaves behind: when the last one that was good ended. There is no backup; the document is all that a rule reads. */
record DemoBackups(Path document) {
    static DemoBackups in(Path folder) {
        return new DemoBackups(folder.resolve("backup.json"));
    }

    void ended(Duration ago) {
        Instant then = Instant.now().minus(ago).truncatedTo(ChronoUnit.SECONDS);
        try {
            Path whole = Files.writeString(
                    document.resolveSibling("backup.json.new"), "{\"finished_at\": \"" + then + "\"}\n");
            Files.move(whole, document, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
