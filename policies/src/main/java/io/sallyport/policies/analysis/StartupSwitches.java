package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.SettingChange.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Command line switches of a backend (postgres.c, process_postgres_switches): {@code -c name=value}, {@code --name=value} and short forms. */
final class StartupSwitches {
    private static final SettingChange UNKNOWN = new SettingChange("?", null, Scope.SESSION);

    /** Short switches with a value of their own. */
    private static final Map<Character, String> VALUED = Map.of(
            'B',
            "shared_buffers",
            'D',
            "data_directory",
            'h',
            "listen_addresses",
            'k',
            "unix_socket_directories",
            'N',
            "max_connections",
            'p',
            "port",
            'S',
            "work_mem",
            'W',
            "post_auth_delay",
            'd',
            "log_min_messages");

    /** Short switches that stand for a setting and its value. */
    private static final Map<Character, SettingChange> FIXED = Map.of(
            'F', set("fsync", "false"),
            'O', set("allow_system_table_mods", "true"),
            'P', set("ignore_system_indexes", "true"),
            'i', set("listen_addresses", "*"),
            'l', set("ssl", "true"),
            's', set("log_statement_stats", "true"),
            'e', set("datestyle", "euro"));

    /** Those that change no setting, or only what the planner tries and what is timed; f, r, t and v take a value. */
    private static final Set<Character> OTHER = Set.of('b', 'E', 'j', 'n', 'T', 'f', 'r', 't', 'v');

    private StartupSwitches() {}

    static List<SettingChange> read(List<String> words) {
        List<SettingChange> changes = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            i += word(words.get(i), i + 1 < words.size() ? words.get(i + 1) : null, changes);
        }
        return changes;
    }

    /** @return how many more words it took */
    private static int word(String word, @Nullable String next, List<SettingChange> changes) {
        if (word.startsWith("--") && word.length() > 2) {
            changes.add(assignment(word.substring(2)));
            return 0;
        }
        if (!word.startsWith("-") || word.length() == 1) {
            changes.add(UNKNOWN);
            return 0;
        }
        // getopt: letters may share a word; one that takes a value takes the rest of the word, or else the next word.
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            boolean last = i + 1 == word.length();
            String value = last ? next : word.substring(i + 1);
            if (letter == 'c' || letter == '-') {
                changes.add(value == null ? UNKNOWN : assignment(value));
                return last ? 1 : 0;
            }
            String valued = VALUED.get(letter);
            SettingChange fixed = FIXED.get(letter);
            if (valued != null) {
                changes.add(new SettingChange(valued, value, Scope.SESSION));
                return last ? 1 : 0;
            } else if (fixed != null) {
                changes.add(fixed);
            } else if (!OTHER.contains(letter)) {
                changes.add(UNKNOWN);
            } else if ("frtv".indexOf(letter) >= 0) {
                return last ? 1 : 0;
            }
        }
        return 0;
    }

    /** A dash in a name stands for an underscore (guc.c, ParseLongOption). */
    private static SettingChange assignment(String text) {
        int equals = text.indexOf('=');
        return equals <= 0
                ? UNKNOWN
                : set(text.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT), text.substring(equals + 1));
    }

    private static SettingChange set(String name, String value) {
        return new SettingChange(name, value, Scope.SESSION);
    }
}
