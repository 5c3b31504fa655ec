package io.sallyport.proxy.it.differential;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Strings of traps: about half of them as a grammar would have them, the others broken by small changes anywhere. */
final class TrapGenerator {
    private static final int LONGEST_SEED = 2_000;

    private final Random random;
    private final List<String> seeds;

    /** @param seeds strings to start from beside those of its own */
    TrapGenerator(long seed, List<String> seeds) {
        this.random = new Random(seed);
        this.seeds =
                seeds.stream().filter(text -> text.length() <= LONGEST_SEED).toList();
    }

    /** Without a zero byte, which no message can carry in its text. */
    byte[] next() {
        String text = random.nextInt(4) == 0 ? pick(seeds) : composed();
        if (random.nextInt(5) < 3) {
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                text = changed(text);
            }
        }
        return text.replace("\0", "").getBytes(StandardCharsets.UTF_8);
    }

    private String composed() {
        StringBuilder out = new StringBuilder();
        for (int statements = 1 + random.nextInt(3); statements > 0; statements--) {
            if (random.nextInt(4) == 0) {
                out.append(pick(Traps.STATEMENTS));
            } else {
                select(out);
            }
            if (statements > 1 || random.nextBoolean()) {
                out.append(blank()).append(';').append(blank());
            }
        }
        return out.toString();
    }

    private void select(StringBuilder out) {
        out.append("SELECT").append(pick(Traps.BLANKS));
        for (int items = 1 + random.nextInt(4); items > 0; items--) {
            out.append(pick(Traps.EXPRESSIONS)).append(blank());
            if (items > 1) {
                out.append(',').append(blank());
            }
        }
    }

    private String blank() {
        return random.nextInt(3) == 0 ? pick(Traps.BLANKS) : "";
    }

    /** Puts something in, takes something out, doubles or swaps a piece. */
    private String changed(String text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(4));
        String before = text.substring(0, at);
        String piece = text.substring(at, end);
        String behind = text.substring(end);
        return switch (random.nextInt(6)) {
            case 0, 1 -> before + pick(Traps.CHARACTERS) + piece + behind;
            case 2 -> before + behind;
            case 3 -> before + piece + piece + behind;
            case 4 -> before + new StringBuilder(piece).reverse() + behind;
            default -> before + pick(Traps.EXPRESSIONS) + behind;
        };
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
