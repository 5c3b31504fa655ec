package io.sallyport.proxy.check;

import java.util.Locale;
import java.util.Set;

/** Client encodings by any spelling that PostgreSQL takes: case and punctuation do not count (common/encnames.c). */
public final class Encodings {
    /** In these a byte below 0x80 can be the second one of a character; aliases of encnames.c included. */
    private static final Set<String> UNSAFE = Set.of(
            "sjis",
            "mskanji",
            "shiftjis",
            "win932",
            "windows932",
            "shiftjis2004",
            "big5",
            "win950",
            "windows950",
            "gbk",
            "win936",
            "windows936",
            "gb18030",
            "uhc",
            "win949",
            "windows949",
            "johab");

    private Encodings() {}

    public static boolean isAsciiSafe(String name) {
        return !UNSAFE.contains(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }
}
