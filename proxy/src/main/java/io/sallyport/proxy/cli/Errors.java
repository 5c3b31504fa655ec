package io.sallyport.proxy.cli;

import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that fails says so: short lines on standard error that begin with `sallyport:`. */
final class Errors {
    private Errors() {}

    /** The arguments make no sense. */
    static int usage(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        print(err, String.valueOf(e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("sallyport: see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE;
    }

    /** The command began and could not end as it should. */
    static int execution(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof CommandFailure failure) {
            return failure(failure, command.getErr());
        }
        print(command.getErr(), "internal error: " + e + " (SALLYPORT_LOG_LEVEL=DEBUG shows where)");
        Logger log = LoggerFactory.getLogger(Errors.class);
        log.debug("internal error", e);
        return ExitCode.REFUSED;
    }

    static int failure(CommandFailure failure, PrintWriter err) {
        print(err, String.valueOf(failure.getMessage()));
        return failure.exitCode();
    }

    private static void print(PrintWriter err, String message) {
        message.lines().forEach(line -> err.println("sallyport: " + line));
        err.flush();
    }
}
