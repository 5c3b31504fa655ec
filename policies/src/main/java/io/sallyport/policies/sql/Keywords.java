package io.sallyport.policies.sql;

import static io.sallyport.policies.sql.Characters.lower;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds a word among the key words without allocating; only ASCII letters fold, as in PostgreSQL's ScanKeywordLookup. */
final class Keywords {
    private static final int SLOTS = 2048;
    private static final int LONGEST = 16;
    private static final @Nullable Keyword[] TABLE = new Keyword[SLOTS];
    private static final byte[][] SPELLINGS = new byte[SLOTS][];

    static {
        for (Keyword keyword : Keyword.values()) {
            byte[] spelling = keyword.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
            if (keyword != Keyword.NO_KEYWORD) {
                int slot = hash(spelling, 0, spelling.length);
                while (TABLE[slot] != null) {
                    slot = (slot + 1) & (SLOTS - 1);
                }
                TABLE[slot] = keyword;
                SPELLINGS[slot] = spelling;
            }
        }
    }

    private Keywords() {}

    static Keyword find(byte[] text, int start, int end) {
        if (end - start > LONGEST) {
            return Keyword.NO_KEYWORD;
        }
        for (int slot = hash(text, start, end); ; slot = (slot + 1) & (SLOTS - 1)) {
            Keyword keyword = TABLE[slot];
            if (keyword == null) {
                return Keyword.NO_KEYWORD;
            }
            if (matches(SPELLINGS[slot], text, start, end)) {
                return keyword;
            }
        }
    }

    private static boolean matches(byte[] spelling, byte[] text, int start, int end) {
        if (spelling.length != end - start) {
            return false;
        }
        for (int i = 0; i < spelling.length; i++) {
            if (spelling[i] != lower(text[start + i])) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] text, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + lower(text[i]);
        }
        return (hash ^ (hash >>> 11)) & (SLOTS - 1);
    }
}
