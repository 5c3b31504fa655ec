package io.sallyport.proxy.replay;

import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.replay.log.Origin;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the log told so far of one session. */
final class LoggedSession {
    private static final int MOST_PREPARED = 100;
    private static final int LONGEST_PREPARED = 4096;

    private static final Set<StatementKind> ENDS_TRANSACTION =
            Set.of(StatementKind.COMMIT, StatementKind.ROLLBACK, StatementKind.PREPARE_TRANSACTION);

    /** The encodings of clients in which a byte below 0x80 may be half a letter: there the proxy calls unreadable what a log has in the server's. */
    private static final Set<String> UNSAFE_ENCODINGS =
            Set.of("sjis", "shift_jis", "shiftjis", "big5", "gbk", "gb18030", "uhc", "johab", "shift_jis_2004");

    private static final Pattern ARRIVAL = Pattern.compile("connection received: host=(\\S{1,255})(?: port=\\d+)?");

    private static final Pattern AUTHORIZED = Pattern.compile(
            "connection authorized: user=(.{0,63}?)(?: database=(.{0,63}?))?(?: application_name=(.{0,63}?))?(?: SSL .*| GSS .*)?");

    private LexerSettings settings = LexerSettings.DEFAULT;
    /** Until the transaction ends, after SET LOCAL. */
    private @Nullable LexerSettings local;

    private Origin login = Origin.UNKNOWN;
    private int lastText;
    private final Map<String, String> prepared = new LinkedHashMap<>();

    LexerSettings settings() {
        return local == null ? settings : local;
    }

    /**
     * {@code connection received: host=10.0.0.5 port=44888} (backend_startup.c), then {@code connection authorized: user=alice
     * database=shop application_name=psql} (postinit.c, PerformAuthentication). The first may come where a process id is used again.
     */
    void connected(String message) {
        Matcher arrival = ARRIVAL.matcher(message);
        Matcher authorized = AUTHORIZED.matcher(message);
        if (arrival.matches()) {
            login = new Origin("", "", "", "", arrival.group(1));
            settings = LexerSettings.DEFAULT;
            local = null;
            prepared.clear();
        } else if (authorized.matches()) {
            login = new Origin(
                    "",
                    authorized.group(1),
                    Objects.requireNonNullElse(authorized.group(2), ""),
                    Objects.requireNonNullElse(authorized.group(3), ""),
                    login.client());
        }
    }

    /** What the line itself does not tell, the login did. */
    Origin completed(Origin origin) {
        return new Origin(
                origin.session(),
                origin.user().isEmpty() ? login.user() : origin.user(),
                origin.database().isEmpty() ? login.database() : origin.database(),
                origin.application().isEmpty() ? login.application() : origin.application(),
                origin.client().isEmpty() ? login.client() : origin.client());
    }

    void ran(String text, Iterable<StatementFacts> statements) {
        lastText = text.hashCode();
        for (StatementFacts statement : statements) {
            local = ENDS_TRANSACTION.contains(statement.kind()) ? null : local;
            statement.settings().forEach(this::apply);
            String name = statement.preparedName();
            if (statement.kind() == StatementKind.PREPARE && name != null && text.length() <= LONGEST_PREPARED) {
                prepared.put(name, statement.text());
                if (prepared.size() > MOST_PREPARED) {
                    prepared.remove(prepared.keySet().iterator().next());
                }
            }
        }
    }

    /** Whether the failed text is the one that was logged before it ran. */
    boolean wasLast(String text) {
        return lastText == text.hashCode();
    }

    /** The PREPARE of that name, where the log has it. */
    @Nullable
    String prepare(@Nullable String name) {
        return name == null ? null : prepared.get(name);
    }

    private void apply(SettingChange change) {
        switch (change.scope()) {
            case SESSION -> {
                settings = changed(settings, change);
                local = null;
            }
            case TRANSACTION -> local = changed(settings(), change);
            case ROUTINE, ROLE, DATABASE, SYSTEM -> {}
        }
    }

    private static LexerSettings changed(LexerSettings before, SettingChange change) {
        boolean all = change.name().equals("*");
        String value = change.value() == null ? "" : change.value().toLowerCase(Locale.ROOT);
        boolean conforming = (all || change.name().equals("standard_conforming_strings"))
                ? !isOff(value)
                : before.standardConformingStrings();
        boolean safe = (all || change.name().equals("client_encoding"))
                ? !UNSAFE_ENCODINGS.contains(value)
                : before.asciiSafeEncoding();
        return new LexerSettings(conforming, safe);
    }

    /** As parse_bool reads it: any beginning that is not ambiguous. */
    private static boolean isOff(String value) {
        return value.equals("0")
                || (value.length() > 1 && "off".startsWith(value))
                || (!value.isEmpty() && ("false".startsWith(value) || "no".startsWith(value)));
    }
}
