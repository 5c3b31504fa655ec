package io.sallyport.proxy.kept;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A table as the client's session sees it: which it is hangs on its search_path, what columns it has on its transaction.
 *
 * @param role whose privileges count there
 */
public record SeenTable(long oid, String role, String fingerprint) {
    /**
     * Reads the answer to {@link KeepingSql#seen}.
     *
     * @throws IllegalArgumentException where it is of another form
     */
    public static SeenTable read(String answer) {
        String[] words = answer.split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("an answer of another form");
        }
        return new SeenTable(
                Long.parseLong(words[0]),
                new String(HexFormat.of().parseHex(words[1]), StandardCharsets.UTF_8),
                words[2]);
    }
}
