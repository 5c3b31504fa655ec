package io.sallyport.proxy.check;

import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.sql.LexerSettings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Follows the settings that a script changes for its own later statements, as a server would that runs it. */
final class ScriptSettings {
    private final LexerSettings initial;
    private LexerSettings current;

    ScriptSettings(LexerSettings initial) {
        this.initial = initial;
        this.current = initial;
    }

    /** How to read what follows the statement. */
    LexerSettings after(StatementFacts statement) {
        for (SettingChange change : statement.settings()) {
            boolean lasts =
                    change.scope() == SettingChange.Scope.SESSION || change.scope() == SettingChange.Scope.TRANSACTION;
            if (lasts) {
                apply(change.name(), change.value());
            }
        }
        return current;
    }

    private void apply(String name, @Nullable String value) {
        switch (name) {
            case "standard_conforming_strings" ->
                current = new LexerSettings(
                        value == null ? initial.standardConformingStrings() : !isOff(value),
                        current.asciiSafeEncoding());
            case "client_encoding" ->
                current = new LexerSettings(
                        current.standardConformingStrings(),
                        value == null ? initial.asciiSafeEncoding() : Encodings.isAsciiSafe(value));
            case "*" -> current = initial;
            default -> {}
        }
    }

    /** parse_bool (utils/adt/bool.c) takes every unambiguous beginning of false, no, off and 0. */
    private static boolean isOff(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        return !word.isEmpty()
                && ("false".startsWith(word)
                        || "no".startsWith(word)
                        || (word.length() > 1 && "off".startsWith(word))
                        || word.equals("0"));
    }
}
