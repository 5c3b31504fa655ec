package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StartupSettings;
import io.sallyport.policies.analysis.StatementFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operating-system user that a client says it runs as: the setting {@code sallyport.os_user}, at the start or by SET. Where many share a
 * login role, it tells an approver whom to ask; nothing is proved by it, and no decision hangs on it.
 */
final class ClaimedUser {
    static final String SETTING = "sallyport.os_user";

    private static final String ALL = "*";
    private static final int LONGEST = 100;

    private final String atStart;
    private String now;

    /** @param parameters of the start-up packet */
    ClaimedUser(Map<String, String> parameters) {
        String given = "";
        for (SettingChange change : StartupSettings.of(parameters)) {
            given = change.name().equals(SETTING) ? readable(change.value()) : given;
        }
        atStart = given;
        now = given;
    }

    /** It goes to the server; whether it is rolled back there does not matter here. */
    void ran(StatementFacts statement) {
        for (SettingChange change : statement.settings()) {
            if (change.name().equals(SETTING) && change.scope() == SettingChange.Scope.SESSION) {
                now = change.value() == null ? atStart : readable(change.value());
            } else if (change.name().equals(ALL)) {
                now = atStart;
            }
        }
    }

    /** Empty where nothing was said. */
    String name() {
        return now;
    }

    /** It is shown in terminals: nothing in it steers one. */
    private static String readable(@Nullable String value) {
        String some = value == null ? "" : value.substring(0, Math.min(value.length(), LONGEST));
        return some.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?").strip();
    }
}
