package io.sallyport.proxy.access;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Names tokens: letters alone, which SQL reads as one word, without quotes and in any case. */
final class AccessId {
    private static final int LENGTH = 8;
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private AccessId() {}

    static String random() {
        return RANDOM.ints(LENGTH, 0, LETTERS.length())
                .mapToObj(place -> LETTERS.substring(place, place + 1))
                .collect(Collectors.joining());
    }
}
