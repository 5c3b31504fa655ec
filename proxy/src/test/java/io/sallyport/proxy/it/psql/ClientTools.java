package io.sallyport.proxy.it.psql;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** PostgreSQL's client programs, where they are installed. */
public final class ClientTools {
    private static final long LONGEST_SECONDS = 120;

    private ClientTools() {}

    public record Result(int exitCode, String out, String err) {}

    public static void assumeInstalled(String... programs) {
        for (String program : programs) {
            assumeTrue(
                    isOnPath(program), program + " is not on PATH: install PostgreSQL's client programs to run this");
        }
    }

    private static boolean isOnPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (new File(folder, program).canExecute()) {
                return true;
            }
        }
        return false;
    }

    /** The arguments that lead any of the programs to a database; an empty one is named by an argument. */
    public static List<String> command(String program, int port, String user, String database, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", user));
        command.addAll(List.of(arguments));
        if (!database.isEmpty()) {
            command.add(database);
        }
        return command;
    }

    public static Running start(List<String> command, String input) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            Process process = builder.start();
            Running running = new Running(process, drain(process.getInputStream()), drain(process.getErrorStream()));
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Result run(List<String> command, String input) {
        return start(command, input).await();
    }

    private static CompletableFuture<String> drain(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> new Thread(task, "drain").start());
    }

    public record Running(Process process, CompletableFuture<String> out, CompletableFuture<String> err) {
        public Result await() {
            try {
                if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("still running after " + LONGEST_SECONDS + " s: " + process.info());
                }
                return new Result(process.exitValue(), out.join(), err.join());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        /** What Ctrl-C in the terminal does. */
        void interrupt() {
            Result kill = run(List.of("kill", "-INT", String.valueOf(process.pid())), "");
            if (kill.exitCode() != 0) {
                throw new AssertionError(kill.err());
            }
        }
    }
}
