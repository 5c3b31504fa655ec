package io.sallyport.proxy.replay.log;

import java.util.Locale;

/** What a log looks like. */
public enum LogFormat {
    CSVLOG,
    JSONLOG,
    STDERR,
    AUDIT;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
