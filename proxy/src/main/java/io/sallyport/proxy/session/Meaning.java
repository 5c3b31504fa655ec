package io.sallyport.proxy.session;

import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What decides, beside its bytes, what a statement of this session does.
 *
 * @param names what names stand for, see {@link NameState}
 * @param reported settings as the server reports them
 */
record Meaning(long names, Map<String, String> reported) {
    static Meaning of(SessionContext context) {
        return new Meaning(context.names().number(), context.settings().reported());
    }

    /** What is another in the later one; null for nothing. */
    @Nullable
    String changed(Meaning later) {
        if (names != later.names) {
            return "what names stand for";
        }
        TreeSet<String> settings = new TreeSet<>(reported.keySet());
        settings.addAll(later.reported.keySet());
        for (String setting : settings) {
            if (!Objects.equals(reported.get(setting), later.reported.get(setting))) {
                return "the setting " + setting;
            }
        }
        return null;
    }
}
