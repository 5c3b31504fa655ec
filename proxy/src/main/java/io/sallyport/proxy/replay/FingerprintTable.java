package io.sallyport.proxy.replay;

import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.proxy.replay.log.LogRecord;
import io.sallyport.proxy.replay.log.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts by fingerprint, decision and rule. When there are too many, the lighter half is dropped and said to be: a rare one that was dropped
 * and comes again begins anew, so the heavy ones are exact unless they were rare for long.
 */
final class FingerprintTable {
    private static final int MOST = 5000;

    private record Key(String text, Decision decision, String rule) {}

    private static final Comparator<FingerprintEntry> STRICTEST_THEN_HEAVIEST = Comparator.comparing(
                    FingerprintEntry::decision)
            .thenComparingLong(FingerprintEntry::count)
            .reversed()
            .thenComparing(FingerprintEntry::text);

    private final Map<Key, FingerprintEntry> entries = new HashMap<>();
    private long dropped;

    void add(Fingerprint fingerprint, Verdict verdict, LogRecord record, Origin origin, String sql) {
        Key key = new Key(fingerprint.text(), verdict.decision(), verdict.rule());
        FingerprintEntry entry = entries.get(key);
        if (entry == null) {
            makeRoom();
            entry = new FingerprintEntry(fingerprint, verdict, record.place(), sql);
            entries.put(key, entry);
        }
        entry.add(record.at(), origin);
    }

    private void makeRoom() {
        if (entries.size() < MOST) {
            return;
        }
        List<Map.Entry<Key, FingerprintEntry>> all = new ArrayList<>(entries.entrySet());
        // What would have been stopped outweighs what passes: it is what is asked for.
        all.sort(Map.Entry.comparingByValue(
                Comparator.<FingerprintEntry, Boolean>comparing(entry -> entry.decision() != Decision.ALLOW)
                        .thenComparingLong(FingerprintEntry::count)));
        for (Map.Entry<Key, FingerprintEntry> light : all.subList(0, MOST / 2)) {
            entries.remove(light.getKey());
            dropped++;
        }
    }

    List<FingerprintEntry> top(int most, Set<Decision> decisions) {
        return entries.values().stream()
                .filter(entry -> decisions.contains(entry.decision()))
                .sorted(STRICTEST_THEN_HEAVIEST)
                .limit(most)
                .toList();
    }

    long dropped() {
        return dropped;
    }
}
