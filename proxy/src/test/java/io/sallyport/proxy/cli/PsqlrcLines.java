package io.sallyport.proxy.cli;

/** What the command prints, for tests with a real psql. */
public final class PsqlrcLines {
    private PsqlrcLines() {}

    public static String text() {
        Invocation printed = Invocation.of("psqlrc");
        if (printed.exitCode() != ExitCode.DONE || !printed.err().isEmpty()) {
            throw new AssertionError(printed);
        }
        return printed.out();
    }
}
