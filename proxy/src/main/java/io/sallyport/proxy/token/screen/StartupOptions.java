package io.sallyport.proxy.token.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The switches of {@code options} (postinit.c, pg_split_opts; postgres.c, process_postgres_switches), with their places. */
final class StartupOptions {
    /** @param values what the setting was given, in order */
    record Without(String options, List<String> values) {}

    /** @param text unescaped */
    private record Word(int start, int end, String text) {}

    private StartupOptions() {}

    /** Takes {@code -c name=value}, {@code -cname=value} and {@code --name=value} out; what stands around stays as it is. */
    static Without without(String options, String name) {
        List<Word> words = words(options);
        List<String> values = new ArrayList<>();
        StringBuilder kept = new StringBuilder();
        int from = 0;
        for (int i = 0; i < words.size(); i++) {
            Word first = words.get(i);
            boolean apart = first.text().equals("-c") && i + 1 < words.size();
            Word last = apart ? words.get(i + 1) : first;
            String assignment = apart
                    ? last.text()
                    : first.text().startsWith("-c") || first.text().startsWith("--")
                            ? first.text().substring(2)
                            : "";
            int equals = assignment.indexOf('=');
            if (equals > 0
                    && assignment.substring(0, equals).toLowerCase(Locale.ROOT).equals(name)) {
                values.add(assignment.substring(equals + 1));
                kept.append(options, from, first.start());
                from = last.end();
            }
            i += apart ? 1 : 0;
        }
        return new Without(kept.append(options.substring(from)).toString(), values);
    }

    /** Split at white space; a backslash takes the next character as it is. */
    private static List<Word> words(String options) {
        List<Word> words = new ArrayList<>();
        int i = 0;
        while (i < options.length()) {
            if (isSpace(options.charAt(i))) {
                i++;
                continue;
            }
            int start = i;
            StringBuilder text = new StringBuilder();
            while (i < options.length() && !isSpace(options.charAt(i))) {
                if (options.charAt(i) == '\\' && i + 1 < options.length()) {
                    i++;
                }
                text.append(options.charAt(i++));
            }
            words.add(new Word(start, i, text.toString()));
        }
        return words;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
