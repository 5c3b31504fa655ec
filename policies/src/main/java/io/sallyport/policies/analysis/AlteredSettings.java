package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenList;

/** ALTER SYSTEM, ROLE and DATABASE … SET or RESET: settings for sessions to come. */
final class AlteredSettings {
    private final TokenList tokens;
    private final SettingReader settings;

    AlteredSettings(TokenList tokens, Draft draft) {
        this.tokens = tokens;
        this.settings = new SettingReader(tokens, draft);
    }

    /** The walker stands behind the object's type. */
    void read(ObjectType type, Walker walker) {
        switch (type) {
            case SYSTEM -> settings.change(walker, Scope.SYSTEM);
            case ROLE, USER -> {
                walker.skip();
                if (walker.take(Keyword.IN, Keyword.DATABASE)) {
                    walker.skip();
                }
                settings.change(walker, Scope.ROLE);
            }
            case DATABASE -> {
                walker.skip();
                boolean tablespace = tokens.is(walker.at() + 1, Keyword.TABLESPACE)
                        && !tokens.is(walker.at() + 2, Keyword.TO)
                        && !tokens.isOperator(walker.at() + 2, "=");
                if (!tablespace) {
                    settings.change(walker, Scope.DATABASE);
                }
            }
            default -> {}
        }
    }
}
