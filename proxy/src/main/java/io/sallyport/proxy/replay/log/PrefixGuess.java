package io.sallyport.proxy.replay.log;

import java.util.List;
import java.util.regex.Matcher;

/** Finds the {@code log_line_prefix} that fits the first lines of a log. */
final class PrefixGuess {
    /** PostgreSQL's default, those of packages and services, and those that manuals of log tools recommend. */
    private static final List<String> COMMON = List.of(
            "%m [%p] ",
            "%m [%p] %q%u@%d ",
            "%m [%p] %q%u@%d/%a ",
            "%m [%p] %q%u@%d %a ",
            "%m [%p] %q%a ",
            "%m [%p] %q[user=%u,db=%d,app=%a] ",
            "%m [%p] %q[user=%u,db=%d,app=%a,client=%h] ",
            "%m [%p] user=%u,db=%d,app=%a,client=%h ",
            "%m [%p]: user=%u,db=%d,app=%a,client=%h ",
            "%m [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
            "%m [%p]: [%l-1] db=%d,user=%u,app=%a,client=%h ",
            "%m [%p] [%l-1] %u@%d ",
            "%m [%p]: [%l-1] ",
            "%m [%c] %q%u@%d ",
            "%m %u %d %h %p ",
            "%m %u@%d %h ",
            "%m:%r:%u@%d:[%p]:",
            "%m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:",
            "%m ",
            "< %m >",
            "< %m > ",
            "%t [%p] ",
            "%t [%p] %q%u@%d ",
            "%t [%p]: user=%u,db=%d,app=%a,client=%h ",
            "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
            "%t [%p]: [%l-1] user=%u,db=%d,remote=%r ",
            "%t [%p]: [%l-1] user=%u,db=%d ",
            "%t [%p]: [%l-1] ",
            "%t [%p-%l] %q%u@%d ",
            "%t:%r:%u@%d:[%p]:",
            "%t ",
            "< %t >",
            "< %t > ",
            "");

    /** Foreign lines happen: output of other programs, a line cut by rotation. */
    private static final double ENOUGH = 0.8;

    private PrefixGuess() {}

    /** Of prefixes that fit as many lines, the one that tells most of them; of those, the simplest. */
    static LinePrefix of(List<String> head, String file) throws LogException {
        List<String> lines = head.stream()
                .filter(line -> !line.startsWith("\t") && !line.isBlank())
                .toList();
        LinePrefix best = LinePrefix.NONE;
        int most = 0;
        int mostTold = 0;
        for (String candidate : COMMON) {
            LinePrefix prefix = LinePrefix.of(candidate);
            Matcher matcher = prefix.matcher();
            int fitting = 0;
            int told = 0;
            for (String line : lines) {
                if (matcher.reset(line).lookingAt()) {
                    fitting++;
                    told += prefix.told(matcher);
                }
            }
            boolean simpler = told == mostTold && prefix.fields() < best.fields();
            if (fitting > most || (fitting == most && (told > mostTold || simpler))) {
                most = fitting;
                mostTold = told;
                best = prefix;
            }
        }
        if (most < ENOUGH * lines.size()) {
            throw new LogException(file + ": no known log_line_prefix fits: of " + lines.size() + " lines, '" + best
                    + "' fits " + most + "; expected --log-line-prefix with the server's value (SHOW log_line_prefix),"
                    + " or --input; the first line that does not fit: " + unfitting(lines, best));
        }
        return best;
    }

    private static String unfitting(List<String> lines, LinePrefix prefix) {
        Matcher matcher = prefix.matcher();
        String line = lines.stream()
                .filter(candidate -> !matcher.reset(candidate).lookingAt())
                .findFirst()
                .orElse("");
        String shown = line.length() > 120 ? line.substring(0, 120) + "…" : line;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
