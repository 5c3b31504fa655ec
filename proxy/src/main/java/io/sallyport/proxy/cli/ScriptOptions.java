package io.sallyport.proxy.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file that a token is wanted for, and who is going to run it. */
final class ScriptOptions {
    private static final int LARGEST = 256 * 1024;
    private static final String ANY = "any";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "A script: one token for all of its statements that need one, each once, in any order.")
    private @Nullable Path file;

    @Option(names = "--user", paramLabel = "NAME", description = "With --file: the login role that runs it.")
    private String user = "";

    @Option(names = "--database", paramLabel = "NAME", description = "With --file: where it runs.")
    private String database = "";

    @Option(names = "--application", paramLabel = "NAME", description = "With --file: its application_name.")
    private String application = "";

    @Option(
            names = "--role",
            paramLabel = "NAME",
            description = "With --file: a role that the user is a member of; may be repeated.")
    private List<String> roles = List.of();

    @Option(
            names = "--search-path",
            paramLabel = "TEXT|any",
            description =
                    "With --file: search_path of the session that runs it, as SHOW tells it, or any; unless given, the"
                            + " one that the role's login begins with. Flyway and Liquibase set one.")
    private @Nullable String searchPath;

    @Option(names = "--yes", description = "With --file: grants without asking.")
    private boolean sure;

    boolean given() {
        return file != null;
    }

    String name() {
        return String.valueOf(file);
    }

    void check(String code) throws CommandFailure {
        boolean others = !user.isEmpty()
                || !database.isEmpty()
                || !application.isEmpty()
                || !roles.isEmpty()
                || searchPath != null
                || sure;
        if (code.isEmpty() == (file == null)) {
            throw usage("expected either CODE or --file FILE");
        } else if (file == null && others) {
            throw usage("--user, --database, --application, --role, --search-path and --yes go with --file;"
                    + " who you are says --as");
        } else if (file != null && (user.isEmpty() || database.isEmpty())) {
            throw usage("--file needs --user NAME and --database NAME: who runs it, and where");
        }
    }

    /** As the API takes it, with what is said beside the file. */
    Map<String, Object> body(Map<String, Object> terms) throws CommandFailure {
        Map<String, Object> body = new LinkedHashMap<>(terms);
        body.put("script", script());
        body.put("file", String.valueOf(Objects.requireNonNull(file).getFileName()));
        body.put("user", user);
        body.put("database", database);
        body.put("application", application);
        body.put("roles", roles);
        if (ANY.equals(searchPath)) {
            body.put("anySearchPath", true);
        } else if (searchPath != null) {
            body.put("searchPath", searchPath);
        }
        return body;
    }

    private String script() throws CommandFailure {
        Path named = Objects.requireNonNull(file);
        try {
            if (Files.size(named) > LARGEST) {
                throw usage("--file: " + named + " has more than " + LARGEST + " bytes");
            }
            return Files.readString(named, StandardCharsets.UTF_8);
        } catch (IOException cannot) {
            throw usage("--file: " + named + " cannot be read as UTF-8: " + cannot);
        }
    }

    /** Without a terminal, younger Java reads the answer from where input comes. */
    @SuppressWarnings("SystemConsoleNull")
    void confirm() throws CommandFailure {
        if (sure) {
            return;
        }
        Console terminal = System.console();
        String answer = terminal == null ? null : terminal.readLine("Grant a token for these? [y/N] ");
        if (answer == null) {
            throw usage("there is nobody to ask; give --yes where you have read it");
        } else if (!answer.strip().equalsIgnoreCase("y") && !answer.strip().equalsIgnoreCase("yes")) {
            throw new CommandFailure(ExitCode.REFUSED, List.of("nothing was granted"));
        }
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, List.of(message));
    }
}
