package io.sallyport.proxy.it.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** Plays every transcript: transparent ones against the server alone too, all through the proxy, whole and byte by byte. */
final class TraceIT {
    private static final boolean UPDATE = Boolean.getBoolean("trace.update");

    @Test
    void there_are_transcripts() {
        assertThat(files()).hasSizeGreaterThan(30);
    }

    @TestFactory
    Stream<DynamicTest> the_server_alone_says_what_the_transcript_says() {
        return each(files().stream().filter(TraceFile::transparent), file -> {
            TestServer server = TestServer.shared();
            play(file, TraceStage.direct(server, server.freshDatabase()));
        });
    }

    @TestFactory
    Stream<DynamicTest> the_proxy_says_what_the_transcript_says() {
        return each(files().stream().filter(file -> !UPDATE || !file.transparent()), file -> {
            playThroughProxy(file, Integer.MAX_VALUE);
        });
    }

    /** A message may end anywhere in a TCP segment; here each byte is a write of its own. */
    @TestFactory
    Stream<DynamicTest> the_proxy_says_so_when_every_byte_comes_alone() {
        return each(files().stream().filter(file -> !UPDATE), file -> playThroughProxy(file, 1));
    }

    private static Stream<DynamicTest> each(Stream<TraceFile> files, ThrowingConsumer<TraceFile> test) {
        return DynamicTest.stream(files.iterator(), TraceFile::name, test);
    }

    private static void playThroughProxy(TraceFile file, int pieceBytes) throws IOException {
        TestServer server = TestServer.shared();
        try (TestProxy proxy = TestProxy.start(server.port(), file.policy(), file.config())) {
            play(file, TraceStage.through(proxy, server, server.freshDatabase(), pieceBytes));
        }
    }

    private static void play(TraceFile file, TraceStage stage) throws IOException {
        if (UPDATE) {
            update(file, stage);
        } else {
            try (TracePlayer player = new TracePlayer(file, stage)) {
                player.check();
            }
        }
    }

    private static void update(TraceFile file, TraceStage stage) throws IOException {
        try (TracePlayer player = new TracePlayer(file, stage)) {
            Files.write(source(file.path()), player.record());
        }
    }

    /** The file under version control, of which the build copied this one. */
    private static Path source(Path copy) {
        Path module = Path.of("").toAbsolutePath();
        return module.resolve(Path.of("src", "test", "resources", "traces")).resolve(copy.getFileName());
    }

    private static List<TraceFile> files() {
        URL folder = TraceIT.class.getResource("/traces");
        if (folder == null) {
            throw new AssertionError("no folder /traces among the test resources");
        }
        try (Stream<Path> paths = Files.list(Path.of(folder.toURI()))) {
            return new ArrayList<>(paths.filter(path -> path.toString().endsWith(".trace"))
                    .sorted()
                    .map(TraceFile::read)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
