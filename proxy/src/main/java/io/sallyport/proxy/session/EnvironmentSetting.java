package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.gate.Denial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The setting by which every session can ask where it is: {@code SHOW sallyport.environment}. To the server it is a placeholder that nobody has defined
 * (guc.c), to be set by whoever likes; prompts trust it, so that nobody does here.
 */
final class EnvironmentSetting {
    static final String NAME = "sallyport.environment";

    private EnvironmentSetting() {}

    /** In ASCII: the encoding of the database is not known yet, and what is no letter there could not be shown. */
    static byte[] value(String environment) {
        return environment.replaceAll("[^\\x20-\\x7e]", "?").getBytes(StandardCharsets.US_ASCII);
    }

    /** @return why the batch must not run, where it changes the setting for its session; null where it does not */
    static @Nullable Denial objection(String environment, BatchReading reading) {
        if (environment.isEmpty()) {
            return null;
        }
        for (Judgeable point : reading.points()) {
            for (SqlText text : point.texts()) {
                if (anyChanges(text.statements())) {
                    return new Denial(
                            SqlState.INSUFFICIENT_PRIVILEGE,
                            "\"" + NAME + "\" says which environment this is, and cannot be changed",
                            null,
                            "SHOW " + NAME + " tells it.",
                            "environment");
                }
            }
        }
        return null;
    }

    private static boolean anyChanges(List<StatementFacts> statements) {
        for (int i = 0; i < statements.size(); i++) {
            StatementFacts statement = statements.get(i);
            if ((!statement.settings().isEmpty() && changes(statement)) || anyChanges(statement.nested())) {
                return true;
            }
        }
        return false;
    }

    /** A RESET goes back to what the start-up packet said, which is ours. */
    private static boolean changes(StatementFacts statement) {
        return statement.kind() != StatementKind.RESET
                && statement.settings().stream().anyMatch(EnvironmentSetting::here);
    }

    private static boolean here(SettingChange change) {
        return change.name().equals(NAME) && (change.scope() == Scope.SESSION || change.scope() == Scope.TRANSACTION);
    }
}
