package io.sallyport.proxy.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Values that are one of a few words: an enum's names, with hyphens and in small letters. */
final class WordType {
    private WordType() {}

    static <E extends Enum<E>> ValueType<E> of(Class<E> words) {
        List<String> names =
                Arrays.stream(words.getEnumConstants()).map(WordType::word).toList();
        int last = names.size() - 1;
        String expected = String.join(", ", names.subList(0, last)) + " or " + names.get(last);
        return new ValueType<>(expected, text -> {
            int at = names.indexOf(text);
            if (at < 0) {
                throw new IllegalArgumentException("\"" + text + "\" is not one of these");
            }
            return words.getEnumConstants()[at];
        });
    }

    /** May be left out. */
    static <E extends Enum<E>> ValueType<Optional<E>> optional(Class<E> words) {
        ValueType<E> type = of(words);
        return new ValueType<>(
                type.expected(), text -> text.isEmpty() ? Optional.empty() : Optional.of(type.parse(text)));
    }

    static ValueType<TlsVersion> tlsVersion() {
        return new ValueType<>("1.2 or 1.3", text -> switch (text) {
            case "1.2" -> TlsVersion.TLS_1_2;
            case "1.3" -> TlsVersion.TLS_1_3;
            default -> throw new IllegalArgumentException("\"" + text + "\" is not a version that is spoken");
        });
    }

    static ValueType<String> roles() {
        return new ValueType<>("any, cn or a file path", text -> {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("nothing is written");
            }
            return text;
        });
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
