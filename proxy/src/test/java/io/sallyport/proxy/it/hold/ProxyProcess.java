package io.sallyport.proxy.it.hold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A proxy in a process of its own, which can be killed. */
final class ProxyProcess implements AutoCloseable {
    private static final Pattern BANNER = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final int port;

    private ProxyProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param environment settings, as SALLYPORT_… variables */
    static ProxyProcess start(Path log, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "io.sallyport.proxy.cli.Main",
                "run",
                "--listen",
                "127.0.0.1:0",
                "--admin",
                "off");
        builder.environment().putAll(environment);
        builder.environment().put("SALLYPORT_TIMEOUTS_DRAIN", "0");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> BANNER.matcher(text(log)).find());
        Matcher banner = BANNER.matcher(text(log));
        if (!banner.find()) {
            throw new AssertionError(text(log));
        }
        return new ProxyProcess(process, Integer.parseInt(banner.group(1)));
    }

    int port() {
        return port;
    }

    /** As kill -9 does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
