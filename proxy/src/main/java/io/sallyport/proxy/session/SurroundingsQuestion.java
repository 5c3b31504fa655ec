package io.sallyport.proxy.session;

import io.sallyport.proxy.token.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As whom the session acts, and where names without a schema are looked up. */
final class SurroundingsQuestion extends OwnQuestion {
    /** Every name is qualified, operators too: search_path is the client's. In hex, texts read alike under any client_encoding. */
    private static final String SQL = """
            SELECT pg_catalog.encode(pg_catalog.convert_to(current_user::pg_catalog.text, 'UTF8'), 'hex'),
              pg_catalog.encode(pg_catalog.convert_to(setting, 'UTF8'), 'hex'),
              CASE WHEN setting OPERATOR(pg_catalog.=) reset_val THEN 'own' ELSE 'set' END,
              (SELECT pg_catalog.encode(pg_catalog.convert_to(
                  pg_catalog.string_agg(other.name OPERATOR(pg_catalog.||) '=' OPERATOR(pg_catalog.||) other.setting, '; ' ORDER BY other.name), 'UTF8'), 'hex')
                FROM pg_catalog.pg_settings AS other WHERE other.name OPERATOR(pg_catalog.=) ANY (ARRAY['DateStyle',
                  'backslash_quote', 'transform_null_equals', 'xmloption']::pg_catalog.text[]))
            FROM pg_catalog.pg_settings WHERE name OPERATOR(pg_catalog.=) 'search_path'""";

    private final boolean setAtStart;
    private @Nullable Surroundings answer;

    /** @param setAtStart whether the start-up packet set search_path: then it is not the role's own */
    SurroundingsQuestion(boolean setAtStart) {
        super(SQL, 4);
        this.setAtStart = setAtStart;
    }

    @Override
    void row(List<String> values) {
        answer = new Surroundings(
                text(values.get(0)),
                text(values.get(1)),
                !setAtStart && values.get(2).equals("own"),
                text(values.get(3)));
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    @Override
    @Nullable
    String incomplete() {
        return answer == null ? "no row" : null;
    }

    /** Null where it failed, or is not over. */
    @Nullable
    Surroundings surroundings() {
        return answered() ? answer : null;
    }
}
