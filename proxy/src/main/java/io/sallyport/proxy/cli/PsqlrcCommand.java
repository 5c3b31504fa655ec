package io.sallyport.proxy.cli;

import io.sallyport.proxy.config.EnvironmentName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `sallyport psqlrc`. */
@Command(
        name = "psqlrc",
        description = "Prints lines for ~/.psqlrc: a prompt that is red on production. Append them to it by >>.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class PsqlrcCommand implements Callable<Integer> {
    /**
     * For psql 10 and later. It says nothing and leaves no transaction open, whatever stands above it; {@code %:name:} in a prompt is not looked at again,
     * so that only control characters have to go.
     */
    private static final String TEXT = """
            -- sallyport psqlrc: the prompt tells which environment this is, and is red on production.
            -- After \\connect, \\i ~/.psqlrc asks again. Put it above \\timing on: it runs one query.
            \\set sallyport_autocommit :AUTOCOMMIT
            \\set AUTOCOMMIT on
            SELECT name = '' AS sallyport_direct,
                   CASE WHEN name = '' THEN 'direct' ELSE upper(name) END AS sallyport_environment,
                   lower(name) ~ '@PRODUCTION@' AND lower(name) !~ '@BEFORE@' AS sallyport_production,
                   lower(name) ~ '@STAGING@' AS sallyport_staging
              FROM (SELECT regexp_replace(coalesce(current_setting('sallyport.environment', true), ''),
                                          '[[:cntrl:]]', '?', 'g') AS name) AS environment
            \\gset
            \\set AUTOCOMMIT :sallyport_autocommit
            \\unset sallyport_autocommit
            \\if :sallyport_direct
              \\set PROMPT1 '%[%033[1;7m%] %:sallyport_environment: %[%033[0m%] %n@%/%R%x%# '
              \\set PROMPT2 '%[%033[1;7m%] %:sallyport_environment: %[%033[0m%] %n@%/%R%x%# '
            \\elif :sallyport_production
              \\set PROMPT1 '%[%033[1;37;41m%] %:sallyport_environment: %[%033[0m%] %n@%/%R%x%# '
              \\set PROMPT2 '%[%033[1;37;41m%] %:sallyport_environment: %[%033[0m%] %n@%/%R%x%# '
            \\elif :sallyport_staging
              \\set PROMPT1 '%[%033[1;30;43m%] %:sallyport_environment: %[%033[0m%] %n@%/%R%x%# '
              \\set PROMPT2 '%[%033[1;30;43m%] %:sallyport_environment: %[%033[0m%] %n@%/%R%x%# '
            \\else
              \\set PROMPT1 '%[%033[1;30;42m%] %:sallyport_environment: %[%033[0m%] %n@%/%R%x%# '
              \\set PROMPT2 '%[%033[1;30;42m%] %:sallyport_environment: %[%033[0m%] %n@%/%R%x%# '
            \\endif
            """;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    static String text() {
        return TEXT.replace("@PRODUCTION@", EnvironmentName.PRODUCTION)
                .replace("@BEFORE@", EnvironmentName.BEFORE)
                .replace("@STAGING@", EnvironmentName.STAGING);
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(text());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
