package io.sallyport.policies.analysis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sallyport.policies.sql.LexerSettings;
import java.util.Arrays;

/** Analyses by exact text and settings, bounded by weight. Thread-safe. */
public final class AnalysisCache {
    /** Longer texts are rarely sent twice and would push out many short ones. */
    private static final int LONGEST_KEPT = 16 * 1024;

    private static final int SEEN_BITS = 14;

    /** What an entry and each of its statements cost beside their text, roughly; the facts hold the text again. */
    private static final int ENTRY = 512;

    private static final int STATEMENT = 512;

    /** Comparable, so that strings made to collide cost a tree and no list. */
    private static final class Key implements Comparable<Key> {
        private final byte[] text;
        private final LexerSettings settings;
        private final int hash;

        Key(byte[] text, LexerSettings settings) {
            this.text = text;
            this.settings = settings;
            this.hash = 31 * TextHash.of(text) + settings.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && hash == key.hash
                    && settings.equals(key.settings)
                    && Arrays.equals(text, key.text);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public int compareTo(Key other) {
            int order = Arrays.compare(text, other.text);
            return order != 0 ? order : Integer.compare(settings.hashCode(), other.settings.hashCode());
        }
    }

    private final Cache<Key, Analysis> cache;

    /** Hashes of texts seen lately. A text is kept from its second sight on: programs that write values into it never repeat one. */
    private final int[] seen = new int[1 << SEEN_BITS];

    public AnalysisCache(long maximumWeightBytes) {
        // Evicts on the calling thread: no thread of the cache's own.
        this.cache = Caffeine.newBuilder()
                .maximumWeight(maximumWeightBytes)
                .weigher(AnalysisCache::weight)
                .executor(Runnable::run)
                .build();
    }

    private static int weight(Key key, Analysis analysis) {
        long weight = (long) ENTRY + key.text.length;
        for (StatementFacts statement : analysis.statements()) {
            weight += costs(statement);
        }
        return (int) Math.min(Integer.MAX_VALUE, weight);
    }

    /** Every nested write holds its own text again. */
    private static long costs(StatementFacts statement) {
        long weight = STATEMENT + 2L * statement.text().length();
        for (StatementFacts nested : statement.nested()) {
            weight += costs(nested);
        }
        for (StatementFacts deferred : statement.deferred()) {
            weight += costs(deferred);
        }
        return weight;
    }

    /** A complete analysis when one is known, else the token readers' own. */
    public Analysis quick(byte[] text, LexerSettings settings) {
        if (text.length > LONGEST_KEPT) {
            return SqlAnalyzer.tokens(text, settings);
        }
        Key key = new Key(text, settings);
        Analysis known = cache.getIfPresent(key);
        if (known != null) {
            return known;
        }
        Analysis analysis = SqlAnalyzer.tokens(text, settings);
        if (seenBefore(key.hash)) {
            keep(key, analysis);
        }
        return analysis;
    }

    /** Threads may overwrite each other's: a text is then kept one sight later, or sooner. */
    private boolean seenBefore(int hash) {
        int slot = (hash * 0x9E3779B9) >>> (Integer.SIZE - SEEN_BITS);
        boolean before = seen[slot] == hash;
        seen[slot] = hash;
        return before;
    }

    /** A complete analysis, remembered. */
    public Analysis complete(byte[] text, LexerSettings settings) {
        if (text.length > LONGEST_KEPT) {
            return SqlAnalyzer.complete(text, settings);
        }
        Key key = new Key(text, settings);
        Analysis known = cache.getIfPresent(key);
        if (known != null && !known.structurePending()) {
            return known;
        }
        Analysis analysis = SqlAnalyzer.complete(text, settings);
        keep(key, analysis);
        return analysis;
    }

    /** The caller may change its array later; the cache has its own. A complete analysis is never replaced by a quick one. */
    private void keep(Key key, Analysis analysis) {
        Key own = new Key(key.text.clone(), key.settings);
        cache.asMap().merge(own, analysis, (old, fresh) -> old.structurePending() ? fresh : old);
    }
}
