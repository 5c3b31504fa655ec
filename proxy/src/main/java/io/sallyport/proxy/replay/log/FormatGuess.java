package io.sallyport.proxy.replay.log;

import java.util.List;

/** Finds out by the first lines what a log looks like. */
final class FormatGuess {
    private FormatGuess() {}

    static LogFormat of(List<String> head) {
        for (String line : head) {
            if (CsvRecords.isStart(line)) {
                return LogFormat.CSVLOG;
            }
            if (line.startsWith("{") && line.contains("\"event\":")) {
                return LogFormat.AUDIT;
            }
            if (line.startsWith("{") && line.contains("\"error_severity\":")) {
                return LogFormat.JSONLOG;
            }
        }
        return LogFormat.STDERR;
    }
}
