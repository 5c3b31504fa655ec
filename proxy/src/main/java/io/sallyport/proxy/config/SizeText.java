package io.sallyport.proxy.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them: `1048576`, `64KiB`, `16MiB`; PostgreSQL's own `kB` and `MB` are powers of 1024 too. */
public final class SizeText {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,10}) ?(B|KiB|kB|MiB|MB|GiB|GB)?");

    private SizeText() {}

    public static long parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a size");
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        int shift = switch (unit.charAt(0)) {
            case 'K', 'k' -> 10;
            case 'M' -> 20;
            case 'G' -> 30;
            default -> 0;
        };
        return Long.parseLong(matcher.group(1)) << shift;
    }

    /** The largest unit that divides the size without rest. */
    public static String format(long bytes) {
        if (bytes != 0 && bytes % (1 << 30) == 0) {
            return (bytes >> 30) + "GiB";
        }
        if (bytes != 0 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes != 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : Long.toString(bytes);
    }
}
