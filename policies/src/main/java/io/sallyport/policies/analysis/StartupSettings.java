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

    /** What drivers send of themselves and what changes nothing that is guarded. */
    private static final Set<String> HARMLESS =
            Set.of("application_name", "datestyle", "extra_float_digits", "intervalstyle", "timezone");

    /** Spellings of the encoding that every text is read in anyway. */
    private static final Set<String> UTF8 = Set.of("utf8", "utf-8", "unicode");

    private StartupSettings() {}

    /** A SET for each setting, as rules see it, but for those that drivers send of themselves. */
    public static List<StatementFacts> statements(Map<String, String> parameters) {
        return of(parameters).stream()
                .filter(change -> !isHarmless(change))
                .map(StartupSettings::statement)
                .toList();
    }

    private static boolean isHarmless(SettingChange change) {
        String value = change.value() == null ? "" : change.value().toLowerCase(Locale.ROOT);
        return HARMLESS.contains(change.name()) || (change.name().equals("client_encoding") && UTF8.contains(value));
    }

    private static StatementFacts statement(SettingChange change) {
        Draft draft = new Draft();
        boolean role = change.name().equals("role") || change.name().equals("session_authorization");
        draft.kind(role ? StatementKind.SET_ROLE : StatementKind.SET);
        draft.sets(change);
        String value = change.value() == null ? "DEFAULT" : "'" + change.value().replace("'", "''") + "'";
        String text = "SET " + change.name() + " = " + value;
        return draft.facts(0, text.length(), text);
    }

    /** A start-up packet's {@code replication}, as rules see it. */
    public static StatementFacts replication(String value) {
        return ReplicationCommands.session(value);
    }

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
