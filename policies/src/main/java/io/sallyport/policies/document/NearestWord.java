package io.sallyport.policies.document;

import java.util.Collection;
import java.util.Locale;

/** The known word that a misspelt one was probably meant to be. */
public final class NearestWord {
    private NearestWord() {}

    /** {@code ", did you mean 'kind'?"}, or nothing when no word is near. */
    public static String hint(String word, Collection<String> known) {
        String nearest = "";
        // A third of the letters may differ; more would be guessing.
        int best = Math.max(1, word.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?";
    }

    /** Insertions, deletions and substitutions between the two (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
