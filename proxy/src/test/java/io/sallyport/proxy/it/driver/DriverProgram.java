package io.sallyport.proxy.it.driver;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of another language that connects as its PG* variables say and prints what it saw. */
enum DriverProgram {
    // Debian's modules belong to Debian's interpreter, which another one may hide on PATH.
    PSYCOPG2("psycopg2_client.py", "/usr/bin/python3", "import psycopg2"),
    PSYCOPG3("psycopg3_client.py", "/usr/bin/python3", "import psycopg"),
    ASYNCPG("asyncpg_client.py", "/usr/bin/python3", "import asyncpg"),
    NODE("node_client.js", "node", "['pg', 'pg-cursor', 'pg-copy-streams', 'postgres'].forEach(require)");

    private static final Path FOLDER = Path.of("target", "drivers").toAbsolutePath();
    private static final long LONGEST_SECONDS = 120;

    private final String file;
    private final String interpreter;
    /** Fails where a module is missing. */
    private final String probe;

    DriverProgram(String file, String interpreter, String probe) {
        this.file = file;
        this.interpreter = interpreter;
        this.probe = probe;
    }

    record Result(int exitCode, String out) {}

    /** Skips the test where the interpreter or its modules are missing and cannot be had. */
    void assumeInstalled() {
        copy(file);
        if (this == NODE && !Files.exists(FOLDER.resolve("node_modules"))) {
            copy("package.json");
            run(List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"), Map.of(), "");
        }
        List<String> command = List.of(interpreter, this == NODE ? "-e" : "-c", probe);
        assumeTrue(run(command, Map.of(), "").exitCode() == 0, () -> interpreter + " lacks the modules of " + file);
    }

    Result connect(Map<String, String> variables) {
        return run(List.of(interpreter, file), variables, "");
    }

    /** Another program that needs the same modules. */
    Result runOther(String other, String argument, String input) {
        copy(other);
        return run(List.of(interpreter, other, argument), Map.of(), input);
    }

    /** Its last line may be its error: both streams are one. */
    private static Result run(List<String> command, Map<String, String> variables, String input) {
        Path out = FOLDER.resolve("out-" + System.nanoTime());
        Path in = FOLDER.resolve("in-" + System.nanoTime());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(variables);
        try {
            Files.writeString(in, input);
            Process process = builder.start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Result(-1, Files.readString(out) + "still running after " + LONGEST_SECONDS + " s");
            }
            return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
        } catch (IOException cannotStart) {
            return new Result(-1, cannotStart.toString());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new AssertionError(hurried);
        }
    }

    private static void copy(String name) {
        try (var in = DriverProgram.class.getResourceAsStream("/drivers/" + name)) {
            if (in == null) {
                throw new AssertionError("no " + name + " among the test resources");
            }
            Files.createDirectories(FOLDER);
            Files.copy(in, FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
