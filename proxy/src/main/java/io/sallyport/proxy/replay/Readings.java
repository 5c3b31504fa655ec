package io.sallyport.proxy.replay;

import io.sallyport.policies.analysis.Analysis;
import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads strings as the proxy does, and keeps the readings of those that came last. Not the proxy's own cache: most strings of a log with values
 * in them come once, and this one forgets more cheaply.
 */
final class Readings {
    private static final int MOST = 2000;
    private static final int LONGEST = 2000;

    private final Map<String, Reading> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reading> eldest) {
            return size() > MOST;
        }
    };

    Reading of(String sql, LexerSettings settings) {
        if (sql.length() > LONGEST || !settings.equals(LexerSettings.DEFAULT)) {
            return read(sql, settings);
        }
        Reading reading = known.get(sql);
        if (reading == null) {
            reading = read(sql, settings);
            known.put(sql, reading);
        }
        return reading;
    }

    private static Reading read(String sql, LexerSettings settings) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        Analysis analysis = SqlAnalyzer.tokens(text, settings);
        if (analysis.structurePending()) {
            analysis = SqlAnalyzer.complete(text, settings);
        }
        return new Reading(analysis.statements(), Normaliser.fingerprint(text, settings));
    }
}
