package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.SettingChange.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The settings in a start-up packet: the switches in {@code options}, and every parameter that is none of the protocol's own. */
public final class StartupSettings {
    /** postmaster.c, ProcessStartupPacket; also {@code _pq_.} for the protocol's extensions. */
    private static final Set<String> PROTOCOL = Set.of("user", "database", "options", "replication");

    private StartupSettings() {}

    /** In the order in which the server applies them (postinit.c, process_startup_options). */
    public static List<SettingChange> of(Map<String, String> parameters) {
        List<SettingChange> changes =
                new ArrayList<>(StartupSwitches.read(words(parameters.getOrDefault("options", ""))));
        parameters.forEach((name, value) -> {
            if (!PROTOCOL.contains(name) && !name.startsWith("_pq_.")) {
                changes.add(new SettingChange(name.toLowerCase(Locale.ROOT), value, Scope.SESSION));
            }
        });
        return List.copyOf(changes);
    }

    /** Split at white space; a backslash takes the next character as it is (postinit.c, pg_split_opts). */
    static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (isSpace(c)) {
                if (open) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                open = false;
            } else {
                open = true;
                if (c == '\\') {
                    i++;
                    if (i == options.length()) {
                        break;
                    }
                }
                word.append(options.charAt(i));
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }

    /** C's isspace. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
