package io.sallyport.proxy.audit.verify;

import io.sallyport.proxy.audit.chain.ChainLine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Several files as one log, in the order of their numbers, whatever they are called. */
final class LogFiles implements LineSource, Closeable {
    private static final String CHECKPOINT = ".checkpoint";

    private record Numbered(Path file, long first) {}

    private final List<String> names;
    private final Deque<Path> files;
    private @Nullable FileLines open;

    private LogFiles(List<Path> files) {
        this.names = files.stream().map(Path::toString).toList();
        this.files = new ArrayDeque<>(files);
    }

    /** In their order. */
    List<String> names() {
        return names;
    }

    static LogFiles of(List<Path> files) throws IOException {
        List<Numbered> numbered = new ArrayList<>();
        for (Path file : files) {
            numbered.add(new Numbered(file, files.size() == 1 ? 0 : firstNumber(file)));
        }
        numbered.sort(Comparator.comparingLong(Numbered::first));
        return new LogFiles(numbered.stream().map(Numbered::file).toList());
    }

    /** A folder stands for the logs in it. */
    static List<Path> expand(List<Path> named) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.list(path)) {
                inside.filter(file -> file.getFileName().toString().contains(".jsonl"))
                        .filter(file -> !file.toString().contains(CHECKPOINT))
                        .filter(Files::isRegularFile)
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** The checkpoints that are kept beside logs. */
    static List<Path> checkpointsBeside(List<Path> files) {
        return files.stream()
                .map(file -> file.resolveSibling(file.getFileName() + CHECKPOINT))
                .filter(Files::isRegularFile)
                .toList();
    }

    @Override
    public @Nullable LogLine next() throws IOException {
        while (true) {
            if (open == null) {
                Path file = files.poll();
                if (file == null) {
                    return null;
                }
                open = new FileLines(file);
            }
            LogLine line = open.next();
            if (line != null) {
                return line;
            }
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /** Zero when no line has a number. */
    private static long firstNumber(Path file) throws IOException {
        try (FileLines lines = new FileLines(file)) {
            for (LogLine line = lines.next(); line != null; line = lines.next()) {
                ChainLine chained = line.link();
                if (chained != null) {
                    return chained.seq();
                }
            }
            return 0;
        }
    }
}
