package io.sallyport.proxy.kept;

import org.jspecify.annotations.Nullable;

/**
 * What is in one kept table.
 *
 * @param before rows as they were
 * @param after rows as they are behind an UPDATE
 * @param xmin the transaction that all of them bear; null where it is more than one
 */
public record KeptCount(long before, long after, @Nullable String xmin) {
    /**
     * Reads the answer to {@link KeepingSql#counted}.
     *
     * @throws IllegalArgumentException where it is of another form
     */
    public static KeptCount read(String answer) {
        String[] words = answer.split(" ", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("an answer of another form");
        }
        return new KeptCount(
                Long.parseLong(words[0]), Long.parseLong(words[1]), words[2].equals(words[3]) ? words[2] : null);
    }
}
