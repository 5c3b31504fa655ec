package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script `sallyport` in a copied tree, with a `java` and an `mvn` that only write down how they were called. */
@Timeout(60)
class LauncherTest {
    private static final List<String> SHELL_TOOLS =
            List.of("bash", "dirname", "readlink", "sed", "head", "find", "flock", "rm", "mkdir", "touch", "mv");

    @TempDir
    private Path folder;

    private Path home;
    private Path tools;

    @BeforeEach
    void copyTheTree() throws IOException {
        home = folder.resolve("a clone with spaces");
        tools = Files.createDirectories(folder.resolve("bin"));
        for (String module : new String[] {"protocol", "policies", "proxy"}) {
            Path source = Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.writeString(source.resolve("A.java"), "class A {}");
            Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>");
        }
        Files.createDirectories(home.resolve(".mvn"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.copy(Path.of("..", "sallyport"), home.resolve("sallyport"));
        assertThat(home.resolve("sallyport").toFile().setExecutable(true)).isTrue();
        tool("java", java("17.0.15"));
        tool("javac", "");
        tool("mvn", """
                echo "mvn $*" >> "$CALLS"
                echo "noise on standard output"
                mkdir -p proxy/target/lib
                touch proxy/target/proxy-0.1.0.jar
                """);
    }

    @Test
    void the_first_run_builds_and_then_runs_with_every_argument() throws Exception {
        Run run = launch(home.resolve("sallyport"), "check", "--sql", "select  'a b'");
        assertThat(run.exitCode).isZero();
        assertThat(run.err).contains("sallyport: building", "noise on standard output");
        assertThat(run.out.lines())
                .contains(
                        home + "/proxy/target/proxy-0.1.0.jar:" + home + "/proxy/target/lib/*",
                        "io.sallyport.proxy.cli.Main",
                        "check",
                        "--sql",
                        "select  'a b'");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void the_second_run_does_not_build_unless_something_changed() throws Exception {
        launch(home.resolve("sallyport"));
        assertThat(launch(home.resolve("sallyport")).err).isEmpty();
        assertThat(builds()).isEqualTo(1);
        for (String changed : new String[] {"policies/src/main/A.java", "pom.xml", "protocol/pom.xml"}) {
            int before = builds();
            Files.setLastModifiedTime(
                    home.resolve(changed), FileTime.from(Instant.now().plusSeconds(2)));
            launch(home.resolve("sallyport"));
            assertThat(builds()).as(changed).isEqualTo(before + 1);
            Files.setLastModifiedTime(
                    home.resolve(changed), FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    @Test
    void it_runs_by_a_symbolic_link_and_from_another_folder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a clone with spaces", "sallyport"));
        Path linkToLink = Files.createSymbolicLink(tools.resolve("sallyport"), link);
        Run run = launch(linkToLink, "run");
        assertThat(run.exitCode).as(run.err).isZero();
        assertThat(run.out).contains(home + "/proxy/target/proxy-0.1.0.jar").contains("in " + folder);
    }

    @Test
    void two_first_runs_at_once_build_once() throws Exception {
        Process first = start(home.resolve("sallyport"));
        Process second = start(home.resolve("sallyport"));
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void a_failed_build_is_an_error_and_is_tried_again() throws Exception {
        tool("mvn", "echo \"mvn $*\" >> \"$CALLS\"; exit 1");
        for (int i = 0; i < 2; i++) {
            Run run = launch(home.resolve("sallyport"));
            assertThat(run.exitCode).isEqualTo(2);
            assertThat(run.err).endsWith("sallyport: the build failed\n");
        }
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void an_old_or_missing_java_is_named() throws Exception {
        tool("java", java("11.0.2"));
        assertThat(launch(home.resolve("sallyport")).err).contains("java is version 11; expected Java 17 or newer");
        tool("java", java("1.8.0_402"));
        assertThat(launch(home.resolve("sallyport")).err).contains("java is version 1; expected Java 17 or newer");
        Files.delete(tools.resolve("java"));
        Run run = launch(home.resolve("sallyport"));
        assertThat(run.exitCode).isEqualTo(2);
        assertThat(run.err).contains("no java found; expected Java 17 or newer in JAVA_HOME or PATH");
    }

    @Test
    void what_building_needs_is_named() throws Exception {
        Files.delete(tools.resolve("javac"));
        assertThat(launch(home.resolve("sallyport")).err).contains("no javac found; building Sallyport takes a JDK");
        Files.delete(tools.resolve("mvn"));
        assertThat(launch(home.resolve("sallyport")).err).contains("no mvn found; building Sallyport takes Maven");
    }

    private void tool(String name, String script) throws IOException {
        Path file = tools.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static String java(String version) {
        return "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\"' >&2; exit; fi\n"
                + "echo \"in $PWD\"; for a in \"$@\"; do echo \"$a\"; done";
    }

    private int builds() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    private Process start(Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA") || name.startsWith("SALLYPORT"));
        builder.environment().put("PATH", tools + ":" + onlyTheShellTools());
        builder.environment().put("CALLS", folder.resolve("calls").toString());
        return builder.redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** A folder with the system's small tools but without its java and mvn. */
    private Path onlyTheShellTools() throws IOException {
        Path few = Files.createDirectories(folder.resolve("few"));
        for (String name : SHELL_TOOLS) {
            for (String system : new String[] {"/bin", "/usr/bin"}) {
                if (Files.isExecutable(Path.of(system, name)) && Files.notExists(few.resolve(name))) {
                    Path wrapper = few.resolve(name);
                    Files.writeString(wrapper, "#!/bin/sh\nexec " + system + "/" + name + " \"$@\"\n");
                    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
                }
            }
        }
        return few;
    }

    private Run launch(Path launcher, String... arguments) throws Exception {
        Process process = start(launcher, arguments);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(folder.resolve("out"), StandardCharsets.UTF_8),
                Files.readString(folder.resolve("err"), StandardCharsets.UTF_8));
    }

    private record Run(int exitCode, String out, String err) {}
}
