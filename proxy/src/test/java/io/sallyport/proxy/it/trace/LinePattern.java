package io.sallyport.proxy.it.trace;

import java.util.regex.Pattern;

/** An expected line; {@code *} stands for any text. */
record LinePattern(String text) {
    boolean matches(String line) {
        StringBuilder regex = new StringBuilder();
        for (String literal : text.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(line).matches();
    }
}
