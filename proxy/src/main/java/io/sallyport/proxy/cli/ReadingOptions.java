package io.sallyport.proxy.cli;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.check.Encodings;
import picocli.CommandLine.Option;

/** How the server would read the text. */
final class ReadingOptions {
    /** As the setting is written. */
    enum Switch {
        on,
        off
    }

    @Option(
            names = "--standard-conforming-strings",
            paramLabel = "on|off",
            description = "Off makes a backslash an escape in plain literals; on unless given.")
    private Switch standardConformingStrings = Switch.on;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "The client encoding; UTF8 unless given. Text beyond ASCII in SJIS, BIG5, GBK and their like"
                    + " cannot be read.")
    private String encoding = "UTF8";

    LexerSettings settings() {
        return new LexerSettings(standardConformingStrings == Switch.on, Encodings.isAsciiSafe(encoding));
    }
}
